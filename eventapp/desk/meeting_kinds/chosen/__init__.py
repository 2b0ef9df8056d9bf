"""The kind of a meeting in its settings."""
