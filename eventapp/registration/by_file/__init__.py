"""A file of people: its rows however it was saved, and the words of its cells as codes."""
