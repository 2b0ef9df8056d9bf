"""A decision about many people: the worker makes it while organizers look on."""
