"""The zones of a meeting in its settings."""
