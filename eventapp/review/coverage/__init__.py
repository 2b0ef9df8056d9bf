"""What a meeting covered of action lines and goals."""
