"""Sessions from a file of another program: read, compared with the draft, imported, and taken back."""
