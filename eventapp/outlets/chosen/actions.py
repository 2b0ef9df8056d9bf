"""Choosing what stands in the report of a session: kept with who chose it, until somebody chooses again."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from eventapp.agenda.models import Session
from eventapp.ground.db import db, lock
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.history.actions import record
from eventapp.meetings.models import Meeting
from eventapp.outlets.chosen.models import Takeaway
from eventapp.people.models import Person
from eventapp.record.notes.models import Note

Chosen = Mapping[int, Sequence[Takeaway]]  # by the number of the session's row


def chosen_at(meeting: Meeting, sessions: Collection[int] | None = None) -> dict[int, list[Takeaway]]:
    """Return what was chosen for the sessions of a meeting, each in the order of its notes; `sessions`: only these."""
    query = (
        select(Takeaway)
        .join(Takeaway.note)
        .join(Note.session)
        .where(Session.meeting_id == meeting.id)
        .order_by(Note.session_id, Note.number)
        .options(joinedload(Takeaway.note).joinedload(Note.session), joinedload(Takeaway.by))
    )
    found: dict[int, list[Takeaway]] = {}
    for one in db.session.scalars(query if sessions is None else query.where(Note.session_id.in_(sessions))):
        found.setdefault(one.note.session_id, []).append(one)
    return found


def choose(
    session: Session, notes: Collection[str], offered: Mapping[str, Note], *, by: Person | None, at: datetime
) -> None:
    """Keep what shall stand in the report of a session, by the references of the notes that are `offered`.

    Refused where none is chosen, and where one is not offered any more.
    """
    lock(session)
    gone = [one for one in notes if one not in offered]
    if gone:
        raise Refused(_("Not offered any more: %(notes)s. Choose again.", notes=", ".join(sorted(gone))))
    if not notes:
        raise Refused(_("Tick at least one, or let the best supported ones stand."))
    before = _take_out(session)
    db.session.add_all(
        Takeaway(note_id=offered[one].id, at=at, by_id=by.id if by else None) for one in sorted(set(notes))
    )
    record("choose takeaways", session, by=by, at=at, before=before, after=sorted(set(notes)))


def choose_none(session: Session, *, by: Person | None, at: datetime) -> None:
    """Let those of the best supported groups stand again."""
    lock(session)
    before = _take_out(session)
    if before:
        record("choose takeaways", session, by=by, at=at, before=before, after=[])


def _take_out(session: Session) -> list[str]:
    """Take the choice of a session out; return the references of its notes."""
    rows = chosen_at(session.meeting, [session.id]).get(session.id, [])
    before = [one.note.reference for one in rows]
    for one in rows:
        db.session.delete(one)
    db.session.flush()
    return before
