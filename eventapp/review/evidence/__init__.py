"""Which notes a paragraph rests on, and where a note is used."""
