"""A whole site under load and under faults: server, mail worker and a mail server, and everybody who uses them at once."""
