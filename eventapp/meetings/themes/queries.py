from eventapp.meetings.models import Meeting
from eventapp.meetings.themes.content import Themes, themes_from


def themes_of(meeting: Meeting) -> Themes:
    """The themes that this meeting has: those that are shipped until it says otherwise. No query."""
    return themes_from(meeting.themes)
