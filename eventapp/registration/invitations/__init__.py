"""Invitations to register: one of a person, whose address stays, or a link for a group with a number of uses."""
