"""The organizer's desk: what needs attention today, the settings of a meeting, and the letters it sent."""
