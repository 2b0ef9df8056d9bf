"""Files of a long official list: the worker makes them while who asked looks on."""
