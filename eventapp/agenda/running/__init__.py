"""The page on which the statements and presentations within a session are put in order."""
