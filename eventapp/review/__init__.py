"""The review: reports made of numbered paragraphs that show their evidence, and what the meeting covered."""
