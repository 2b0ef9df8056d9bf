"""Speakers who are not registered: found by their parts in sessions to come, and invited to register."""
