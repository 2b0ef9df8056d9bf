"""Versions of a report: snapshots, comparison, checks, publication."""
