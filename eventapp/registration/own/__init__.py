"""What participants do with their own registration, by its private link."""
