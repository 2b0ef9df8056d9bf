"""Files of a meeting that take long: the worker makes them while who asked looks on, and keeps each for a day."""
