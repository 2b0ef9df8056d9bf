"""Step one of a report's text: each note is read into one value, which the steps after it take."""
