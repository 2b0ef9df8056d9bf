"""The themes of a set in its settings."""
