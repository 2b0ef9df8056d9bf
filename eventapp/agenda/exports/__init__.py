"""The published agenda as files."""
