"""Secret links: what a letter carries instead of a password. Everything that is opened by one has its rows here."""
