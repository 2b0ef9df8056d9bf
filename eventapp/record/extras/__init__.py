"""What a note has beside it: translations, and the delivery of a commitment."""
