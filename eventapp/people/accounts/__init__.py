"""Who may sign in, and who may act everywhere: ended by an administrator, never deleted."""
