"""Agenda: sessions, who has which role in them, and the releases the public sees."""
