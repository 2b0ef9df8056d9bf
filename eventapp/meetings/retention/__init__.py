"""How long a meeting keeps each sort of personal data."""
