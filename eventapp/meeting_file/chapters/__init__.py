"""The chapters of a report of a meeting's own, in its file."""
