"""Several people at one form."""
