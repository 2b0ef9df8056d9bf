"""Publishing a report: an edition that never changes."""
