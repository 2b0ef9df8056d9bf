"""Prints of the published agenda: at once of a short one, by the worker of a long one."""
