"""Places: the one way to take one, and who gets the next that comes free."""
