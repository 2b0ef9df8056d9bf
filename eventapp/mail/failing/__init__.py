"""Addresses at which letters do not arrive: what mail servers say, and what organizers see of it."""
