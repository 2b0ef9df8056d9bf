"""Practices: the card that whoever presents a good practice or a flagship initiative fills in by a mailed link."""
