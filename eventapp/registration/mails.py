from typing import Protocol

from flask import current_app

from eventapp.ground import qr
from eventapp.ground.text.worded import text_in
from eventapp.mail.actions import enclose
from eventapp.mail.compose import compose
from eventapp.mail.models import Letter
from eventapp.meetings.mails import frame
from eventapp.meetings.mails import letter as letter_of_meeting
from eventapp.meetings.models import Meeting
from eventapp.registration.answers.queries import questions_left
from eventapp.registration.entry import entry_code, own_token
from eventapp.registration.ical import meeting_calendar
from eventapp.registration.models import Registration
from eventapp.registration.queries import waiting_position
from eventapp.registration.wordings.letters import reworded

QR_PICTURE = "entry-code@eventapp"


class Reader(Protocol):
    """Whom to write to, and in which language."""

    @property
    def email(self) -> str: ...
    @property
    def language(self) -> str: ...


def confirm_address(registration: Registration, meeting: Meeting, reader: Reader, *, token: str) -> Letter:
    """The link that makes a request count: it opens a page with one button."""
    made = compose(
        "registration/mail/confirm_address.txt",
        to=reader.email,
        to_name=registration.record_name,
        language=reader.language,
        about=f"registration:{registration.id}",
        meeting_id=meeting.id,
        name=registration.record_name,
        token=token,
        title=text_in(meeting, "title", reader.language)[0],
        starts_on=meeting.starts_on,
        ends_on=meeting.ends_on,
        **frame(meeting, reader.language),
    )
    link = f"{current_app.config['BASE_URL']}/registrations/{token}/confirmation"
    return reworded(made, "confirm_address", registration, {"link": link}, meeting=meeting)


def already_registered(registration: Registration, *, dedupe: str | None = None) -> Letter:
    """To the owner of an address that somebody registered again, or who lost the link."""
    return letter("already_registered", registration, dedupe=dedupe)


def received(registration: Registration) -> Letter:
    """The address is confirmed; an organizer looks at the request."""
    return letter("received", registration)


def approved(registration: Registration) -> Letter:
    """A place is theirs: with the meeting for the calendar, and the entry code as a picture and as text."""
    code = entry_code(registration)
    made = letter(
        "approved",
        registration,
        code=code,
        picture=QR_PICTURE,
        picture_words=code,
        asked=questions_left(registration)[1],
    )
    enclose(made, "entry-code.png", qr.png(code), "image/png", content_id=QR_PICTURE)
    calendar = meeting_calendar(registration.meeting, made.language)
    enclose(made, f"{registration.meeting.slug}.ics", calendar, "text/calendar; charset=utf-8; method=PUBLISH")
    return made


def waiting_listed(registration: Registration) -> Letter:
    """Every place is taken; this is the position in the line."""
    return letter("waiting", registration, position=waiting_position(registration))


def declined(registration: Registration) -> Letter:
    """No, with the organizer's reason word for word."""
    return letter("declined", registration)


def reopened(registration: Registration) -> Letter:
    """An earlier decision was taken back; the request is looked at again."""
    return letter("reopened", registration)


def withdrawn(registration: Registration) -> Letter:
    """The person does not come after all; how to come back."""
    return letter("withdrawn", registration)


def letter_wanted(registration: Registration, words: str, *, dedupe: str | None = None) -> Letter:
    """Asks for the letter of nomination, with the organizer's words."""
    return letter("letter_wanted", registration, dedupe=dedupe, words=words)


def change_decided(registration: Registration, *, accepted: bool, reason: str) -> Letter:
    """What became of a change asked for after approval."""
    return letter("change_decided", registration, accepted=accepted, reason=reason)


def personal(registration: Registration, subject: str, words: str, *, dedupe: str | None = None) -> Letter:
    """What an organizer writes to one person."""
    return letter("personal", registration, dedupe=dedupe, title=subject, words=words)


def letter(
    name: str, registration: Registration, *, folder: str = "registration", dedupe: str | None = None, **words: object
) -> Letter:
    """A letter about this registration, in the person's language, with the private link."""
    page = own_page(registration)
    made = letter_of_meeting(
        f"{folder}/mail/{name}.txt",
        registration.meeting,
        registration.person,
        {"registration": registration, "page": page, **words},
        about=f"registration:{registration.id}",
        called=registration.record_name,
        dedupe=dedupe,
    )
    return reworded(made, name, registration, {"link": page, **words})


def own_page(registration: Registration) -> str:
    """The whole address of my registration, for letters."""
    return f"{current_app.config['BASE_URL']}/registrations/{own_token(registration)}"
