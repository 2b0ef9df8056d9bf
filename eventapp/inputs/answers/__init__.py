"""Answers to the questions of a meeting's own that stand in the form of inputs."""
