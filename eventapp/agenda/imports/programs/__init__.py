"""What other programs write of sessions: schedules in XML and JSON, calendars, exports of pretalx and Indico."""
