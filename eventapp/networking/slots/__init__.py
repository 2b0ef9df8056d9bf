"""Places and times that organizers open for bilateral meetings."""
