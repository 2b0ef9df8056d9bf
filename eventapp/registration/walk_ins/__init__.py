"""People whom a steward or an organizer adds at the counter."""
