"""Outcomes: the rapporteur's record, one idea a note, every change a revision."""
