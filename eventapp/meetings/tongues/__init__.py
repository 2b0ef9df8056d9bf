"""Languages that are named where a meeting or a part of it is written about."""
