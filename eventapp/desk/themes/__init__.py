"""The themes of a meeting in its settings: the shipped sets taken or dropped, and sets of its own."""
