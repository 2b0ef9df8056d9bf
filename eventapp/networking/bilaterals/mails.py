from flask import current_app
from flask_babel import force_locale

from eventapp.agenda.releases.content import PublishedSession
from eventapp.ground.text.dates import span
from eventapp.ground.text.i18n import _
from eventapp.ground.text.worded import worded
from eventapp.mail.actions import enclose
from eventapp.mail.models import Letter
from eventapp.meetings.mails import address
from eventapp.networking.bilaterals.ical import calendar
from eventapp.networking.bilaterals.models import Bilateral
from eventapp.registration.entry import own_token
from eventapp.registration.mails import letter
from eventapp.registration.models import Registration


def asked(one: Bilateral, reader: Registration) -> Letter:
    """Somebody asks to meet: who, what about, when; the link answers. No address is in it."""
    return written("bilateral_asked", one, reader, request=one.words)


def other_time(one: Bilateral, reader: Registration) -> Letter:
    """The other asks for another time."""
    return written("bilateral_time", one, reader)


def agreed(one: Bilateral, reader: Registration) -> Letter:
    """Both agreed: with the meeting for the calendar."""
    return with_calendar(written("bilateral_agreed", one, reader), one, reader)


def declined(one: Bilateral, reader: Registration) -> Letter:
    """The other said no, with the reason word for word where there is one."""
    return written("bilateral_declined", one, reader, reason=one.reason)


def overlaps(one: Bilateral, reader: Registration, session: PublishedSession) -> Letter:
    """A session was published over what both agreed; it stands until one of them chooses another time."""
    with force_locale(reader.person.language):
        title, when = worded(session, "title"), span(session.starts_at, session.ends_at, one.meeting.zone)
    return written("bilateral_overlaps", one, reader, session=f"{session.code} {title}", when=when)


def called_off(one: Bilateral, reader: Registration) -> Letter:
    """The request was taken back, or the meeting called off; the event leaves the calendar."""
    return with_calendar(written("bilateral_called_off", one, reader, reason=one.reason), one, reader)


def written(name: str, one: Bilateral, reader: Registration, **words: str) -> Letter:
    """A letter to one of the two, with who the other is and when they meet, in the reader's language."""
    other = one.other_than(reader)
    with force_locale(reader.person.language):
        who, slot = f"{other.record_name}, {other.delegation.label}", slot_in_words(one)
    link = address(f"registrations/{own_token(reader)}/networking/meetings/{one.id}")
    return letter(name, reader, dedupe=None, **{"other": who, "slot": slot, "link": link, **words})


def slot_in_words(one: Bilateral) -> str:
    """Day, time with its zone, and place; or that there is no time yet."""
    if one.slot is None:
        return _("without a time yet")
    return f"{span(one.slot.starts_at, one.slot.ends_at, one.slot.wall_zone)} · {one.slot.place}"


def with_calendar(made: Letter, one: Bilateral, reader: Registration) -> Letter:
    with force_locale(reader.person.language):
        content = calendar(one, reader, str(current_app.config["BASE_URL"]))
    if content:
        enclose(made, "meeting.ics", content, "text/calendar; charset=utf-8; method=PUBLISH")
    return made
