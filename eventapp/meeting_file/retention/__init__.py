"""How long a meeting keeps personal data, in its file."""
