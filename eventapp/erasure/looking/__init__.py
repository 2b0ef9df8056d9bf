"""What a person is known by, and where something of them is."""
