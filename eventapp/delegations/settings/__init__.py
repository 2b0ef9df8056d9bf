"""What a meeting asks of its delegations: until when they nominate and confirm, and whom their focal points confirm."""
