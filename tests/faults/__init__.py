"""What happens when a process, the disk or a client breaks in the middle."""
