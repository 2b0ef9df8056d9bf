"""Invitations that nobody registered by are kept no longer than the meeting says, with all that leads to them."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, exists, select, update

from eventapp.ground.db import db, lock
from eventapp.history.actions import record
from eventapp.history.erasing import seal_anew
from eventapp.history.models import Entry
from eventapp.links.actions import forget
from eventapp.mail.actions import forget_letters_about
from eventapp.meetings.models import Meeting
from eventapp.meetings.retention.deletions import count_deleted
from eventapp.meetings.retention.queries import meetings_due
from eventapp.meetings.retention.sorts import INVITATIONS
from eventapp.registration.imports.models import ImportRow
from eventapp.registration.invitations.models import LINK, Invitation
from eventapp.registration.models import Registration

AT_ONCE = 200  # invitations deleted in one transaction
NAMING = ("declined an invitation", "ended an invitation")  # lines of history that say who was invited
NO_NAME = "…"


def unused(meetings: Collection[int]) -> ColumnElement[bool]:
    """Whether an invitation of a person to one of these meetings led to no registration, whatever became of it."""
    used = exists().where(Registration.invitation_id == Invitation.id)
    return and_(Invitation.meeting_id.in_(meetings), Invitation.email != "", ~used)


def next_to_forget(at: datetime) -> Meeting | None:
    """A meeting whose days for this are over, and that has such an invitation."""
    due = meetings_due(at)[INVITATIONS]
    query = select(Meeting).where(Meeting.id.in_(select(Invitation.meeting_id).where(unused(due))))
    return db.session.scalar(query.order_by(Meeting.id).limit(1)) if due else None


def forget_next(at: datetime) -> int:
    """Delete the next of them, and take them out of letters, links, imports and history. Returns how many."""
    meeting = next_to_forget(at)
    if meeting is None:
        return 0
    lock(meeting)
    query = select(Invitation).where(unused([meeting.id])).order_by(Invitation.id).limit(AT_ONCE)
    found = db.session.scalars(query).all()
    numbers = [one.id for one in found]
    blank_history(meeting, {one.name for one in found}, at=at)
    forget(LINK, numbers)
    forget_letters_about([f"{Invitation.__tablename__}:{number}" for number in numbers], at=at)
    forget_rows(numbers)
    db.session.execute(delete(Invitation).where(Invitation.id.in_(numbers)))
    count_deleted(meeting, {INVITATIONS: len(numbers)}, at=at)
    record("deleted invitations", meeting, by=None, at=at, people=len(numbers))
    return len(numbers)


def forget_rows(numbers: Sequence[int]) -> None:
    """Empty the rows of files that made these: to undo the import does nothing to them any more."""
    rows = update(ImportRow).where(ImportRow.invitation_id.in_(numbers))
    db.session.execute(rows.values(invitation_id=None, email="", cells=[], faults=[], before={}))


def blank_history(meeting: Meeting, names: Collection[str], *, at: datetime) -> None:
    """Take these names out of the lines that say who declined or was not wanted any more; that it was done stays."""
    lines = select(Entry).where(Entry.meeting_id == meeting.id, Entry.thing == Meeting.__tablename__)
    lines = lines.where(Entry.verb.in_(NAMING), Entry.number.is_not(None))
    theirs = [one for one in db.session.scalars(lines) if one.detail.get("name") in names]
    for one in theirs:
        one.detail = {**one.detail, "name": NO_NAME}
    seal_anew(theirs, meeting, by=None, at=at)
