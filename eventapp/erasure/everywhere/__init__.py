"""Erasing people of all meetings and of none, by administrators."""
