"""Entries of a meeting file, and what their fields are made by."""
