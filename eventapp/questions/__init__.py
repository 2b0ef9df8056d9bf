"""Questions of a meeting's own: what it asks, of whom, when, and in which words."""
