"""Progress: what the meetings of one body covered and promised, year by year."""
