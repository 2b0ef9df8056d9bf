from collections.abc import Iterable, Sequence
from datetime import datetime
from hashlib import blake2b

from sqlalchemy import Select, func, literal, select, union_all
from sqlalchemy.orm import joinedload

from eventapp.agenda.models import Session
from eventapp.ground.db import db
from eventapp.live.models import LiveChange
from eventapp.live.telling.queries import part_or_choice, sessions_named
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person


def waiting(meeting: Meeting) -> Select[LiveChange]:
    """The live changes whose letters wait for an organizer, the oldest first."""
    return select(LiveChange).where(LiveChange.meeting_id == meeting.id, LiveChange.waits).order_by(LiveChange.id)


def waiting_changes(meeting: Meeting) -> Sequence[LiveChange]:
    """The same as rows, read anew, with who made each."""
    query = waiting(meeting).options(joinedload(LiveChange.by), joinedload(LiveChange.session))
    return db.session.scalars(query.execution_options(populate_existing=True)).all()


def count_waiting_letters(meeting: Meeting) -> int:
    """Of how many live changes the letters wait."""
    return db.session.scalar(select(func.count()).select_from(waiting(meeting).subquery())) or 0


def oldest_waiting(meeting: Meeting) -> datetime | None:
    """Since when letters wait; None where none do."""
    return db.session.scalar(waiting(meeting).with_only_columns(LiveChange.at).limit(1))


def mark_of_waiting(changes: Iterable[LiveChange]) -> str:
    """A mark that is another one where other changes wait."""
    return blake2b(" ".join(str(one.id) for one in changes).encode(), digest_size=8).hexdigest()


def change_with_letters(meeting: Meeting, number: int) -> LiveChange | None:
    """The live change of this meeting with this number whose letters wait, or that was left out."""
    query = select(LiveChange).where(LiveChange.meeting_id == meeting.id, LiveChange.id == number)
    return db.session.scalar(query.where(LiveChange.waits | (LiveChange.left_out != "")))


def decided_since(meeting: Meeting, since: datetime, *, most: int) -> Sequence[LiveChange]:
    """What was sent or left out since then, the newest first."""
    query = select(LiveChange).where(LiveChange.meeting_id == meeting.id, LiveChange.checked_at >= since)
    query = query.options(joinedload(LiveChange.checked_by), joinedload(LiveChange.session))
    return db.session.scalars(query.order_by(LiveChange.checked_at.desc(), LiveChange.id.desc()).limit(most)).all()


def how_many_each(meeting: Meeting, changes: Sequence[LiveChange], at: datetime) -> dict[int, int]:
    """How many people each of these changes concerns, by its number, of sessions that are not over. Two queries."""
    touched = [
        select(literal(one.id).label("change_id"), Session.id.label("session_id")).where(
            Session.meeting_id == meeting.id, Session.code.in_(one.before), Session.ends_at > at
        )
        for one in changes
        if one.before
    ]
    if not touched:
        return {}
    pairs = union_all(*touched).subquery()
    codes = {code for one in changes for code in one.before}
    people = part_or_choice(sessions_named(meeting, codes, at))
    query = select(pairs.c.change_id, func.count(people.c.person_id.distinct()))
    query = query.join(people, people.c.session_id == pairs.c.session_id).group_by(pairs.c.change_id)
    return dict(db.session.execute(query).all())


def recipients_by_name(sessions: Sequence[Session]) -> Select[Person]:
    """Whom these sessions concern, by name."""
    numbers = select(part_or_choice(sessions).c.person_id)
    return select(Person).where(Person.id.in_(numbers)).order_by(func.lower(Person.name), Person.id)
