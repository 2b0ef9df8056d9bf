"""The chapters of a report that a meeting has of its own, in its settings."""
