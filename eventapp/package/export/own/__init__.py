"""What a meeting sets of its own beside its parts: themes, chapters of a report, retention."""
