"""The official list of participants: numbered versions, kept as they were issued, and their differences."""
