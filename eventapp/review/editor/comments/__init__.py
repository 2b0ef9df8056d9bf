"""What editors say to each other about a paragraph."""
