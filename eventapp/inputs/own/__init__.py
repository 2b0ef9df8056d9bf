"""What those who write an input do by its private link."""
