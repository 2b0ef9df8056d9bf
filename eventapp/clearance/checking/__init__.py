"""Checking a large report before it is published or sent: the worker looks through it, and what it found is kept."""
