"""Home: the three front doors, and what needs attention today."""
