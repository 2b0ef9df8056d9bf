"""Sessions with so many places: set by organizers, taken by participants, the rest in line."""
