"""The texts of a meeting in its other languages."""
