"""The themes of a meeting: the sets of tags that its notes, inputs and cards may carry."""
