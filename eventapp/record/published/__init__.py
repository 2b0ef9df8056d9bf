"""What the world reads of a record."""
