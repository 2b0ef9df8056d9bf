"""Action lines and goals suggested for a text."""
