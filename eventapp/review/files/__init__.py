"""Files of a long published report: the worker makes them while who asked looks on."""
