"""Bilateral meetings of two participants: asked for, given a slot that organizers opened, agreed or declined."""
