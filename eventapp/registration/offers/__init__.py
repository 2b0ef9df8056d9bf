"""The waiting list: places offered until a deadline, and the order that an organizer gives it."""
