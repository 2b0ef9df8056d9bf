"""Somebody at the counter, with four fields: the rest is asked of them later, by their own link."""
