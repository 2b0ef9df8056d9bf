"""Registrations as lists."""
