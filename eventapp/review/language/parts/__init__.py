"""Parts of a sentence: who speaks, articles, what a note says itself, and what stands behind it."""
