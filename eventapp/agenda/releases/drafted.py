"""The next version as it would be published now: worked out with nothing held, and good while nothing of it changes."""

from collections.abc import Callable, Collection, Hashable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from eventapp.agenda.mails import sessions_changed
from eventapp.agenda.models import Release, Session, SpeakingRole
from eventapp.agenda.queries import newest_release, whole
from eventapp.agenda.releases.content import canonical, content_of, read
from eventapp.agenda.releases.difference import changes, difference
from eventapp.agenda.roles.queries import recipients_of
from eventapp.ground.db import db, table_of
from eventapp.ground.db.apart import no_collection
from eventapp.ground.db.at_once import at_once
from eventapp.ground.db.types import Query, Record
from eventapp.ground.text.i18n import _
from eventapp.mail.actions import as_rows
from eventapp.meetings.models import Body, Meeting, Room, SessionKind
from eventapp.meetings.wordings.models import Wording
from eventapp.people.models import Person


@dataclass(frozen=True)
class Drafted:
    """What the next version keeps and changes, the letters that tell of it, and all that this rests on, `stand`.

    None of it is a row that was read.
    """

    stand: Hashable
    at: datetime
    last: int  # the number of the version before; 0 where there is none
    written: str  # what it keeps, in canonical form
    what: Record
    letters: list[Record]
    why_not: str  # it cannot be published, in a sentence


def drafted(meeting: Meeting, clock: Callable[[], datetime]) -> Drafted:
    """Work it out as of this moment. Where it is asked for before anything is held, all that was read is read anew."""
    with no_collection():
        stand, at = stand_of(meeting), clock()
        last = newest_release(meeting)
        content = draft_content(meeting, last)
        what = difference(last.content if last else None, content)
        why_not = ""
        if not content["sessions"]:
            why_not = _("There is no session yet. Add one before you publish the agenda.")
        elif last and not what["sessions"] and content["meeting"] == last.content["meeting"]:
            why_not = _("Nothing has changed since version %(number)s.", number=last.number)
        letters = [] if why_not else letters_to_those_who_move(meeting, content, what, at)
        return Drafted(stand, at, last.number if last else 0, canonical(content), what, letters, why_not)


def letters_to_those_who_move(meeting: Meeting, content: Record, what: Record, at: datetime) -> list[Record]:
    """One to each person with a part in a session that is at another time, in another room, or off; not posted yet.

    Each is the row that it will be.
    """
    people = recipients_of(meeting, changes(what), at=at)
    if not people:
        return []
    sessions = read(content).by_code
    letters = (
        sessions_changed(meeting, person, [(one, sessions[one.code]) for one in theirs])
        for person, theirs in people.items()
    )
    return as_rows(letters, at=at)


def stand_of(meeting: Meeting) -> Hashable:
    """All that is another whenever a version made now would be, or the letters that tell of it: only to be compared."""
    return tuple(db.session.scalar(query) for query in _rests_on(meeting.id))


def _rests_on(number: int) -> Iterator[Query]:
    yield select(func.max(Release.number)).where(Release.meeting_id == number)
    yield at_once(select(*table_of(Meeting).c).where(Meeting.id == number))
    for table in (Session, Room, Body, SessionKind, Wording):
        yield at_once(select(*table_of(table).c).where(table.meeting_id == number).order_by(table.id))
    sessions = select(Session.id).where(Session.meeting_id == number)
    parts = select(*table_of(SpeakingRole).c).where(SpeakingRole.session_id.in_(sessions))
    yield at_once(parts.order_by(SpeakingRole.session_id, SpeakingRole.id))
    people = select(SpeakingRole.person_id).where(SpeakingRole.session_id.in_(sessions))
    readers = select(Person.id, Person.name, Person.email, Person.language).where(Person.id.in_(people))
    yield at_once(readers.order_by(Person.id))


def draft_content(meeting: Meeting, last: Release | None, only: Collection[int] | None = None) -> Record:
    """What a release made now would keep, of all sessions or of those with these numbers `only`.

    A session of which nothing published changed keeps its time of change.
    """
    before = {one["code"]: one for one in last.content["sessions"]} if last else {}
    query = whole(meeting) if only is None else whole(meeting).where(Session.id.in_(only))
    content = content_of(meeting, list(db.session.scalars(query)), set(before))
    for one in content["sessions"]:
        was = before.get(one["code"])
        if was and {**one, "changed_at": was["changed_at"]} == was:
            one["changed_at"] = was["changed_at"]
    return content
