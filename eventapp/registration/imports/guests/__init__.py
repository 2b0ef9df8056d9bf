"""Invitations from a file: the same file, columns and dry run, and rows that become invitations instead of people."""
