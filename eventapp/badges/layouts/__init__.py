"""How badges of a meeting and of its categories come out: their size, what is on each side, how long names stand."""
