"""What came of a bilateral meeting, and the commitment that one of the two makes of it."""
