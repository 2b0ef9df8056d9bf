"""When the rules of a time zone change: which sessions show other times, and what organizers do about it."""
