"""What a meeting asks consent to, in its file."""
