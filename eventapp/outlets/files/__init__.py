"""Files of the outlets of a large meeting: the worker makes them while who asked looks on."""
