"""Photographs of participants: cut to the standard of the meeting, checked by an organizer where the meeting asks."""
