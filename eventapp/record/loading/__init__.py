"""Notes in and out by file: CSV and JSON lines."""
