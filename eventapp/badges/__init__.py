"""Badges: what hangs on the neck, printed with two names, a class and a code that dies when another is issued."""
