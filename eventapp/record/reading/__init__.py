"""What the words of a note say by themselves: their language, the dates and the figures in them. Pure functions."""
