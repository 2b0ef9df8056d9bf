"""A person's texts that are no note yet: kept while they are typed, and found again on one page."""
