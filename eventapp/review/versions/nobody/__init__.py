"""Who may be named nowhere in a report, known to each process as long as what that rests on is as it was."""
