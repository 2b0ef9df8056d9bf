"""Registration: asking for a place at a meeting, getting it, waiting for it, giving it up again."""
