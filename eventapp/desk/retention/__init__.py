"""How long personal data of a meeting is kept, in its settings."""
