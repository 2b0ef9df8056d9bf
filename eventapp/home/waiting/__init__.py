"""What waits for somebody who is signed in, at all of their meetings."""
