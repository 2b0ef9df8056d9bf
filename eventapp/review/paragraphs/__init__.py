"""Paragraphs: what an editor does to one or more of them, and how it is undone."""
