"""What the registration form asks consent to, in a meeting's own words."""
