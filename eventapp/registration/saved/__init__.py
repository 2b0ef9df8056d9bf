"""Views of the list of registrations that organizers keep under a name: its filters, its order and its columns."""
