"""What becomes of a message: sent, stopped, each letter of it."""
