"""Participants who meet each other: what they offer and need, who may find whom, and the meetings that two agree."""
