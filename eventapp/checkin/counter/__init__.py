"""Badges at the counter: one is printed, or made anew where it was lost, by whoever keeps the door."""
