"""Reminders: messages whose time follows the first day of the meeting, and the three that are asked for most."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from flask_babel import force_locale

from eventapp.ground.text.i18n import LazyString, _l
from eventapp.ground.text.languages import LANGUAGES
from eventapp.meetings.models import Meeting
from eventapp.messages.audience import ABSENT, UNANSWERED, Audience
from eventapp.registration.lists.listing import EVERYONE, NO_LETTER

MORNING = time(9)  # on the wall of the meeting
MOST_DAYS = 365
LATE = timedelta(hours=6)  # a letter about a time that is over is no use to anybody


@dataclass(frozen=True)
class Reminder:
    """Whom it reminds, how many days before the meeting, and words to begin with."""

    label: LazyString
    audience: Audience
    days: int
    subject: LazyString
    text: LazyString


BUTTON = "\n{registration_link}"
REMINDERS = {
    "letter": Reminder(
        _l("Those whose letter is missing"),
        Audience(state=NO_LETTER),
        14,
        _l("Your letter for {meeting}"),
        _l(
            "Dear {name},\n\nWe do not have your letter yet. Please send it, so that your badge is ready when you "
            "arrive."
        ),
    ),
    "unanswered": Reminder(
        _l("Those who have not answered whether they take a part"),
        Audience(state=EVERYONE, part=UNANSWERED),
        10,
        _l("Will you take your part in {meeting}?"),
        _l(
            "Dear {name},\n\nYou were asked to take a part in a session, and have not answered yet. Please open the "
            "letter that asked you and press yes or no, or write to {contact}."
        ),
    ),
    "arrival": Reminder(
        _l("Those who are not checked in"),
        Audience(presence=ABSENT),
        1,
        _l("{meeting} begins soon"),
        _l("Dear {name},\n\nThe meeting is on {dates}, {place}. Bring an identity document and your entry code."),
    ),
}
OPEN = _l("Open my registration")


def words_of(reminder: Reminder, languages: list[str]) -> dict[str, str]:
    """The fields of the texts to begin with, in each of these languages that the product speaks."""
    found = {}
    for code in (one for one in languages if one in LANGUAGES):
        with force_locale(code):
            found[f"subject_{code}"] = str(reminder.subject)
            found[f"text_{code}"] = f"{reminder.text}\n\n{OPEN}{BUTTON}"
    return found


def time_of(meeting: Meeting, days: int) -> datetime:
    """Nine in the morning so many days before the meeting, where it is."""
    return datetime.combine(meeting.starts_on - timedelta(days=days), MORNING, meeting.tz)
