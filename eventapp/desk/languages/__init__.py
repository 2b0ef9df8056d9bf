"""The languages of a meeting in its settings."""
