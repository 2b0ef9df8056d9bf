"""Kinds of meeting, for administrators of the installation."""
