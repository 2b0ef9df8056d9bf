from dataclasses import dataclass
from datetime import datetime

from eventapp.agenda.models import Session
from eventapp.ground.db import db, lock
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.history.actions import record
from eventapp.meetings.models import Meeting
from eventapp.networking.models import NOBODY, NetworkingBlock, NetworkingConsent, NetworkingRules
from eventapp.networking.queries import audience_of, is_audience, is_open, rules_of
from eventapp.people.models import Person
from eventapp.registration.models import Registration


@dataclass(frozen=True)
class Rules:
    """What an organizer wants of networking at a meeting."""

    is_open: bool
    requests_a_day: int = 10
    answer_hours: int = 24
    session: Session | None = None  # whose record takes commitments; None for none


def set_networking(meeting: Meeting, wanted: Rules, *, by: Person | None, at: datetime) -> None:
    """Open networking at this meeting, shut it, or change its rules. What participants wrote stays, unseen."""
    lock(meeting)
    row = rules_of(meeting) or NetworkingRules(meeting_id=meeting.id, is_open=False)
    was_open, before = row.is_open, (row.requests_a_day, row.answer_hours, row.session.code if row.session else None)
    after = (wanted.requests_a_day, wanted.answer_hours, wanted.session.code if wanted.session else None)
    if row.id is not None and (was_open, before) == (wanted.is_open, after):
        return
    row.is_open, row.requests_a_day, row.answer_hours = wanted.is_open, wanted.requests_a_day, wanted.answer_hours
    row.session = wanted.session
    db.session.add(row)
    db.session.flush()
    names = ("requests_a_day", "answer_hours", "session")
    changes = {name: [was, now] for name, was, now in zip(names, before, after, strict=True) if was != now}
    record("opened networking" if wanted.is_open else "shut networking", meeting, by=by, at=at, changes=changes)


def choose_audience(registration: Registration, audience: str, *, at: datetime) -> None:
    """Say who may find this participant. Nobody is allowed at any time; the rest as in `refuse_closed`."""
    lock(registration)
    if audience != NOBODY:
        refuse_closed(registration, at)
    if not is_audience(audience):
        raise Refused(_("Choose who may find you."))
    if audience_of(registration) == audience:
        return
    row = db.session.get(NetworkingConsent, registration.id) or NetworkingConsent(registration_id=registration.id)
    row.audience, row.at = audience, at
    db.session.add(row)
    record("chose who may find them", registration, by=registration.person, at=at)


def block(registration: Registration, other: Registration, *, at: datetime) -> None:
    """Let these two not find each other any more; the other is not told. Twice is once."""
    lock(registration)
    key = (registration.id, other.id)
    if other.id == registration.id or db.session.get(NetworkingBlock, key) is not None:
        return
    db.session.add(NetworkingBlock(registration_id=registration.id, blocked_id=other.id, at=at))
    db.session.flush()


def unblock(registration: Registration, other: Registration) -> None:
    """Take a block back. One that is not there is no fault."""
    lock(registration)
    row = db.session.get(NetworkingBlock, (registration.id, other.id))
    if row is not None:
        db.session.delete(row)
        db.session.flush()


def refuse_closed(registration: Registration, at: datetime) -> None:
    """Refused for who has no place, where the meeting has no networking, and once it is closed or over."""
    meeting = registration.meeting
    if not is_open(meeting):
        raise Refused(_("This meeting has no networking now. Ask its secretariat."))
    if meeting.closed_at or meeting.has_ended(at):
        raise Refused(_("This meeting is over, so nobody is found or asked any more."))
    if not registration.holds_a_place:
        raise Refused(_("Only people who have a place at the meeting find each other."))
