"""Files that people send, and how long they are kept."""
