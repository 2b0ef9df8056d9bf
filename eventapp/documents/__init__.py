"""The documents of a meeting: their files, one for each language, with versions, and the sessions they belong to."""
