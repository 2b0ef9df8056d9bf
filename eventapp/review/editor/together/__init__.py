"""Editors who have one report open at once."""
