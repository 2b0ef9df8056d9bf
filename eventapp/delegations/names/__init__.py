"""Names of a meeting that are none of the register of organizations, and what its organizers make of them."""
