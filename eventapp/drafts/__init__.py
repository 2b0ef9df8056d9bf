"""Drafts: what somebody types and has not saved. One table, four actions: keep, settle, discard, mine."""
