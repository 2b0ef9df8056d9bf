"""Badges as a PDF."""
