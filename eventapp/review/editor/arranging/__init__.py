"""Moving, splitting and joining paragraphs."""
