"""Practical information: pages of a meeting about the venue, visas, hotels, with pictures."""
