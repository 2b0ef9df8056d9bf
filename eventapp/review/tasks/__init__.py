"""What the worker does to a large report while its editors see how far it is."""
