"""When a session really began and ended, beside its plan."""
