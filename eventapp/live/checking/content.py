"""When letters about live changes leave, as the meeting chose."""

from eventapp.meetings.models import Meeting

AT_ONCE, CHECKED = "", "checked"
LIVE_LETTERS = (AT_ONCE, CHECKED)


def checks_letters(meeting: Meeting) -> bool:
    """Whether letters about live changes wait until an organizer sends them."""
    return meeting.live_letters == CHECKED
