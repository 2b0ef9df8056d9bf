"""Who came in: at the gates of the building, or of one session."""
