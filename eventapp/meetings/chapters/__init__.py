"""The chapters of a report that a meeting has of its own, beside those of the outlines."""
