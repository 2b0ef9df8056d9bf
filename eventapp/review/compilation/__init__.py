"""Compiling a report: read what is cleared, work it out while nothing is held, write it at once."""
