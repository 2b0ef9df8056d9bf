"""The head of a meeting's papers: organ, session, item, distribution."""
