"""Inputs: what registered participants and invited bodies write to the review, line by line, before a deadline."""
