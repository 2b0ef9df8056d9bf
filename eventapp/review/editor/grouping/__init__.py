"""Groups of notes beside their paragraphs."""
