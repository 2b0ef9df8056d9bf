"""The hours in which a room may be used, day by day: set by organizers, drawn in the plan, warned of."""
