"""The stand of a report: what tells whether all that it rests on is as it was read."""
