"""What is published, for other programs: the same as the pages say, read only, as JSON."""
