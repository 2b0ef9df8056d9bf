"""Asking presenters for a card: a letter with a link, a reminder, an end."""
