"""The documents of a meeting in its settings."""
