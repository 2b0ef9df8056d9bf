"""Backups: a folder with the whole database and a manifest that says what must be in it."""
