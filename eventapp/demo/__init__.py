"""Demo: the Bangkok meeting filled with illustrative people; imports all, imported by none."""
