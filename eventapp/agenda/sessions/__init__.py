"""Sessions and who has which part in them."""
