"""Who records which session, and who takes over."""
