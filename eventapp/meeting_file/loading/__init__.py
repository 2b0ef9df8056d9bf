"""What is written of a meeting file, as acts that are short: one after the other, at once or by and by."""
