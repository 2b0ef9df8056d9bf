"""What participants and delegations offer and need, a line each, and whose lines fit whose."""
