"""The annexes of a report, as tables."""
