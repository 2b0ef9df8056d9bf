"""Taking a meeting out for good: the rows of any table that hang on it."""
