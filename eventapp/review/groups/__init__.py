"""Groups of notes: a paragraph that is made of notes is the group of them (decision 23)."""
