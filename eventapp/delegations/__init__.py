"""Delegations of a meeting: who comes for a State or an organization, on which letter, and how many may."""
