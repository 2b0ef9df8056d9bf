"""Text: what may be typed, languages, dates."""
