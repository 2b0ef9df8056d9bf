"""The questions of a meeting in its settings."""
