"""Warnings of the draft that organizers have looked at: they stay quiet, with a reason, until their cause changes."""
