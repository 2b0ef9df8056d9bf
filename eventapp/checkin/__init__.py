"""Check-in: readings of badges at the gates of a meeting."""
