"""What needs an organizer's attention now: when, what, why, and one thing to do."""
