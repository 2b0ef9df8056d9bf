"""Who has which part in a session."""
