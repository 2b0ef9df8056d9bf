"""Who spoke at a meeting and for how long: a page, and files."""
