"""What is done when its time comes."""
