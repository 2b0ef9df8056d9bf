"""The questions of a meeting's own in its file."""
