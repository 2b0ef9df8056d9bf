"""Confirmation by link: whose words a note is, and what they answer."""
