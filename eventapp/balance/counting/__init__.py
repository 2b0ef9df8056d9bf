"""How many people of each kind came how far, from nominated to cited."""
