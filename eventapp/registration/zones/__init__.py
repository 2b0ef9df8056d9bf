"""Zones of a meeting: parts of the place, and the categories and tags whose people may enter them."""
