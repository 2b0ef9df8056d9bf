"""The draft is taken back to what a version holds, and that can be undone."""
