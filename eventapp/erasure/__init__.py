"""Erasing a person on request: one asks, another decides, and the worker takes the name out wherever it stands."""
