"""Organizations of the installation: their names in languages, abbreviations, and what they are."""
