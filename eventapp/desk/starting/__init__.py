"""A new meeting from the browser: from nothing, from an earlier one, or from a meeting file."""
