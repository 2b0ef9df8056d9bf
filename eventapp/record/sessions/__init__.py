"""Sessions as they are recorded: who records and speaks in them, and the state of each record."""
