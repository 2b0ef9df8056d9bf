"""Organizations that organizers proposed, for administrators."""
