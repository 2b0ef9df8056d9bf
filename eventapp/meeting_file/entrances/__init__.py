"""Who comes in where: delegations with their places, zones, gates and photographs of a meeting, in its file."""
