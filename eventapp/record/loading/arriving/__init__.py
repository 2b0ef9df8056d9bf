"""A file of notes that somebody chose: the worker checks it, and lets its notes in once it is told to."""
