"""The history of a meeting, in the words of who reads it: what happened, to what, by whom."""
