"""Which letters can be reworded, what may stand in braces in each, and the shipped words with those braces."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import SimpleNamespace

from flask import current_app
from flask_babel import force_locale

from eventapp.ground.text.dates import days
from eventapp.ground.text.i18n import LazyString, _l
from eventapp.ground.text.worded import worded
from eventapp.mail.compose import LONGEST_SUBJECT, draw, one_line
from eventapp.mail.models import Letter
from eventapp.mail.placeholders import filled, marked
from eventapp.meetings.mails import frame
from eventapp.meetings.models import Meeting
from eventapp.registration.models import Registration
from eventapp.registration.wordings.queries import wording_of

REWORDED = "registration/mail/reworded.txt"
COMMON = ("name", "number", "meeting", "dates", "venue", "city", "contact", "link")
NAMES = {
    "name": _l("name in full"),
    "number": _l("registration number"),
    "meeting": _l("title of the meeting"),
    "dates": _l("dates of the meeting"),
    "venue": _l("venue"),
    "city": _l("city"),
    "contact": _l("address of the secretariat"),
    "link": _l("private link of the letter"),
    "code": _l("entry code"),
    "reason": _l("reason of the decision"),
    "position": _l("position on the waiting list"),
    "letter": _l("what the letter of nomination must be"),
    "words": _l("what the organizer wrote"),
}


@dataclass(frozen=True)
class Kind:
    """One letter that is written by itself: what it is called, and what else may, and must, stand in it."""

    label: LazyString
    more: tuple[str, ...] = ()
    needed: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """What may stand in braces."""
        return (*COMMON, *self.more)


KINDS = {
    "confirm_address": Kind(_l("Confirm your email"), needed=("link",)),
    "already_registered": Kind(_l("Registered already"), needed=("link",)),
    "received": Kind(_l("Registration received"), ("letter",)),
    "approved": Kind(_l("A place is given"), ("code",), ("code",)),
    "waiting": Kind(_l("On the waiting list"), ("position",)),
    "declined": Kind(_l("Registration refused"), ("reason",), ("reason",)),
    "reopened": Kind(_l("Decision taken back")),
    "withdrawn": Kind(_l("Withdrawn")),
    "letter_wanted": Kind(_l("Letter of nomination wanted"), ("letter", "words"), ("link",)),
}


def reworded(
    made: Letter, name: str, registration: Registration, words: Mapping[str, object], *, meeting: Meeting | None = None
) -> Letter:
    """This letter in the meeting's own words for it; as it is where there are none."""
    meeting = meeting or registration.meeting
    row = wording_of(meeting.id, name, made.language) if name in KINDS else None
    if row is None:
        return made
    known = KINDS[name].words
    with force_locale(made.language):
        values: dict[str, str] = {
            "name": one_line(registration.record_name),
            "number": registration.reference,
            "meeting": worded(meeting, "title"),
            "dates": days(meeting.starts_on, meeting.ends_on),
            "venue": worded(meeting, "venue"),
            "city": worded(meeting, "city"),
            "contact": meeting.contact_email,
            "reason": registration.reason,
            "letter": worded(registration.category, "credential"),
            **{word: str(value) for word, value in words.items()},
        }
    shown: dict[str, object] = {
        "title": filled(marked(row.subject, known), values),
        "words": filled(marked(row.text, known), values),
        **frame(meeting, made.language),
        **{part: words[part] for part in ("picture", "picture_words") if part in words},
    }
    subject, made.text, made.html = draw(REWORDED, made.language, shown)
    made.subject = subject[:LONGEST_SUBJECT]
    return made


def shipped(name: str, meeting: Meeting, language: str) -> tuple[str, str]:
    """The subject and the text of this letter as they are shipped, with braces for what differs each time."""
    braces = {word: f"{{{word}}}" for word in NAMES}
    registration = SimpleNamespace(
        record_name=braces["name"],
        reference=braces["number"],
        reason=braces["reason"],
        category=SimpleNamespace(needs_letter=True, credential=braces["letter"]),
    )
    around = SimpleNamespace(
        title=braces["meeting"],
        short_title=braces["meeting"],
        starts_on=meeting.starts_on,
        ends_on=meeting.ends_on,
        venue=braces["venue"],
        city=braces["city"],
        contact_email=braces["contact"],
    )
    words = {
        **braces,
        "registration": registration,
        "meeting": around,
        "meeting_name": braces["meeting"],
        "title": braces["meeting"],
        "page": braces["link"],
        "token": "{token}",
        "days": lambda _first, _last: braces["dates"],
        "contact": "",
    }
    subject, text, _html = draw(f"registration/mail/{name}.txt", language, words)
    link = f"{current_app.config['BASE_URL']}/registrations/{{token}}/confirmation"
    return subject, text.replace(link, braces["link"]).strip()
