"""History: who did what, when, to which thing, in a chain that shows tampering."""
