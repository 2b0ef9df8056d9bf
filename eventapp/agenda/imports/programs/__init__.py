"""Exports in JSON of programs that keep sessions: which one a file is of, and its sessions."""
