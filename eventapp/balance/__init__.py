"""Balance: who was nominated, came, spoke and is cited; in full for organizers, and for anyone without small groups."""
