"""The kinds of session of a meeting in its settings."""
