"""The practical information of a meeting in its settings."""
