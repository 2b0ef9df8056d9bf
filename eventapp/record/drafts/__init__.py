"""Drafts of the record: what is being typed for a note or a summary, and texts that were saved second."""
