"""Commitments: who promised what at which meeting, by when, and what became of it."""
