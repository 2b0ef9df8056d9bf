"""What somebody chose to stand in the report of a session."""
