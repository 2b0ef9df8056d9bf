"""What there is to say of a chapter of a long report that is not open."""
