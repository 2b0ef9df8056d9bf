"""From a paragraph to its sources, and back."""
