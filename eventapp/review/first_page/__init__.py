"""What a report says before its chapters: the summary, and the matters calling for action."""
