"""Every part of a page, for those who build it."""
