"""What organizers decide about a registration."""
