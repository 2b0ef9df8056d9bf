"""The categories of a meeting in its settings."""
