"""What the secretariat adds to a card for the forms of others."""
