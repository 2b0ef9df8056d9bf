"""The outlines as a meeting has them: with the chapters of its own."""
