"""A file that is to be a meeting: the worker makes the meeting by and by, and nobody sees it before it is whole."""
