"""The letters of a registration in the words of a meeting."""
