"""The people of a delegation, named by a file: read, shown with every fault, then all of them at once."""
