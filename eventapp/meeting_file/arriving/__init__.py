"""A large meeting file that was sent: the worker makes its meeting by and by."""
