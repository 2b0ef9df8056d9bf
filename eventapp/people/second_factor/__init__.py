"""The second factor: passkeys and recovery codes, asked after the mailed link of whoever has one or must have one."""
