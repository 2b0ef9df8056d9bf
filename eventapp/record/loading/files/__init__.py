"""The notes of a large meeting as a file: the worker makes it while who asked looks on."""
