"""A package that somebody sent: the worker makes its meeting, which nobody sees before it is whole."""
