"""A large meeting file that the worker makes a meeting of: who sent it looks on, and stops it."""
