"""Publishing a report that was cleared."""
