"""Answers to the questions of a meeting's own, each with the words it was given to."""
