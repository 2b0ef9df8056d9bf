"""Search in what a meeting recorded."""
