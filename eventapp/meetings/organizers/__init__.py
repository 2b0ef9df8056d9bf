"""Who organizes every meeting of a body."""
