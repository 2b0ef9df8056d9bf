"""Notes: their content, revisions and states."""
