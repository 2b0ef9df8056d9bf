"""The texts of a meeting file in the other languages of its meeting."""
