"""Accompanying persons: whom a participant brings along, where the meeting takes any."""
