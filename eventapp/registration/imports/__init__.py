"""Participants from a file of the organizers: columns, a dry run, the import, and how it is taken back."""
