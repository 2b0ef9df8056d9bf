from datetime import datetime

from sqlalchemy import exists, func, select

from eventapp.badges.models import Badge
from eventapp.checkin.actions import close_gate
from eventapp.checkin.models import Gate
from eventapp.ground.db import db, lock, table_of
from eventapp.ground.db.types import Base
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.history.actions import record
from eventapp.inputs.models import Input
from eventapp.meetings import lifecycle
from eventapp.meetings.models import Meeting
from eventapp.meetings.removal.dependents import at_meeting, remove_rows
from eventapp.people.models import Person
from eventapp.practices.models import Card
from eventapp.record.notes.models import Note
from eventapp.registration.models import Registration
from eventapp.review.reports.models import Report

WORK: tuple[type[Base], ...] = (Registration, Badge, Note, Report, Input, Card)  # what people have done for a meeting


def unpublish(meeting: Meeting, *, by: Person, at: datetime) -> None:
    """Show the meeting to its organizers only again. Refused where a report of it is published: others cite it."""
    lock(meeting)
    published = exists().where(Report.meeting_id == meeting.id, Report.published_at.is_not(None))
    if db.session.scalar(select(published)):
        raise Refused(_("A report of this meeting is published, and others cite it. Archive the meeting instead."))
    lifecycle.take_back(meeting, by=by, at=at)


def close(meeting: Meeting, *, by: Person, at: datetime) -> None:
    """Let nothing of the meeting be changed any more; no badge is read after that. Refused where it is closed."""
    lifecycle.close(meeting, by=by, at=at)
    _close_gates(meeting, by=by, at=at)


def archive(meeting: Meeting, *, by: Person, at: datetime) -> None:
    """Close the meeting and take it out of every list. Refused where it is archived."""
    lifecycle.archive(meeting, by=by, at=at)
    _close_gates(meeting, by=by, at=at)


def is_empty(meeting: Meeting) -> bool:
    """Whether nobody has registered, and nobody written anything for the meeting."""
    for model in WORK:
        hanging = at_meeting(table_of(model), meeting)
        if hanging is not None and db.session.scalar(select(exists().where(hanging))):
            return False
    return True


def registered_at(meeting: Meeting) -> int:
    """How many registrations the meeting has, whatever their state."""
    query = select(func.count(Registration.id)).where(Registration.meeting_id == meeting.id)
    return db.session.scalar(query) or 0


def remove(meeting: Meeting, *, by: Person, at: datetime) -> None:
    """Take a meeting away for good; its history stays. Refused where it is public, or people have worked for it."""
    lock(meeting)
    if meeting.is_published:
        raise Refused(_("This meeting is public. Unpublish it first."))
    if not is_empty(meeting):
        raise Refused(
            _("People have registered or written something for this meeting, so it stays. Archive it instead.")
        )
    record("deleted meeting", meeting, by=by, at=at, meeting_id=meeting.id, title=meeting.title)
    db.session.flush()
    remove_rows(meeting)


def _close_gates(meeting: Meeting, *, by: Person, at: datetime) -> None:
    gates = select(Gate).where(Gate.meeting_id == meeting.id, Gate.closed_at.is_(None)).order_by(Gate.id)
    for gate in db.session.scalars(gates).all():
        close_gate(gate, by=by, at=at)
