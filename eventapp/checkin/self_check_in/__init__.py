"""Participants check themselves in: a QR code on the wall, the link of their registration, the code of the day."""
