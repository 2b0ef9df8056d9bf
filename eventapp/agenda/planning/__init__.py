"""A day of the draft as an organizer plans it."""
