"""Two sessions change places: each gets the time and the room of the other."""
