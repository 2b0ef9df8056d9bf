"""Adoption of a report by the meeting."""
