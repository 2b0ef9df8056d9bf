"""Changes of a registration after it was sent."""
