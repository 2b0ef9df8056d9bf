"""Announcements: a few words above every public page of a meeting, from one time until another."""
