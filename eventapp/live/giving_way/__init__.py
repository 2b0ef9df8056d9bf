"""What of a day may move and shrink when something runs late: set by organizers, session by session."""
