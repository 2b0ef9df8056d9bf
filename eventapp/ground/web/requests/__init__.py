"""Every request: its id, its line in the log, how many were answered and how fast."""
