"""Who organizes every meeting of a body, without being administrator."""
