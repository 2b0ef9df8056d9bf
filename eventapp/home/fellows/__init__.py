"""Fellow participants: who has a place at a meeting and agreed to be shown, for those who have one and its staff."""
