"""The kinds of session of a meeting: its own, or those of the vocabulary until it has some."""
