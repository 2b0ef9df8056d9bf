"""The letters of a meeting: which there are, and the meeting's own words for them."""
