"""Networking in a meeting file: its rules and the open slots; nothing that participants wrote or agreed."""
