"""The themes of a meeting in its file, and what carries them."""
