"""Releases of the agenda: made, read, compared, cached."""
