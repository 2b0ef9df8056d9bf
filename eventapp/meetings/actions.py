from dataclasses import asdict
from datetime import date, datetime

from sqlalchemy.exc import IntegrityError

from eventapp.ground.db import db, lock
from eventapp.ground.db.types import Record
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.history.actions import record
from eventapp.meetings.facts import (
    BodyFacts,
    CategoryFacts,
    DocumentFacts,
    KindFacts,
    MastheadFacts,
    MeetingFacts,
    PartFacts,
    RoomFacts,
)
from eventapp.meetings.models import ORGANIZER, STAFF_ROLES, Body, Category, Document, Meeting, Room, SessionKind, Staff
from eventapp.meetings.queries import holders_of, holds_role, meeting_at, unused_number
from eventapp.people.models import Person

Part = Body | Room | Category | Document | SessionKind
ROW_OF: dict[type[PartFacts], type[Part]] = {
    BodyFacts: Body,
    RoomFacts: Room,
    CategoryFacts: Category,
    DocumentFacts: Document,
    KindFacts: SessionKind,
}
WORDS: dict[type[Part], str] = {SessionKind: "kind of session"}


def make_meeting(slug: str, facts: MeetingFacts, *, by: Person | None, at: datetime) -> Meeting:
    """A new meeting that nobody but its organizers sees yet. Refused when the address is taken."""
    if meeting_at(slug):
        raise Refused(_("There is a meeting at “%(slug)s” already. Choose another address.", slug=slug), beside="slug")
    meeting = Meeting(id=unused_number(), slug=slug, **asdict(facts))
    try:
        with db.session.begin_nested():
            db.session.add(meeting)
    except IntegrityError as taken:  # another one has made a meeting there since
        raise Refused(
            _("There is a meeting at “%(slug)s” already. Choose another address.", slug=slug), beside="slug"
        ) from taken
    record("made meeting", meeting, by=by, at=at, title=meeting.title)
    return meeting


def change_meeting(meeting: Meeting, facts: MeetingFacts, *, by: Person | None, at: datetime) -> Record:
    """Say other things about a meeting. Returns field → [before, after], empty where nothing changed.

    Refused where a language that it has texts in would become the first: they would be shown no more.
    """
    lock(meeting)
    if facts.languages and facts.languages[0] in meeting.texts:
        raise Refused(
            _(
                "The meeting is written in %(first)s, with %(other)s beside it. "
                "Keep %(first)s first among its languages.",
                first=meeting.written_in,
                other=facts.languages[0],
            )
        )
    changed = _set(meeting, facts)
    if changed:
        meeting.version += 1
        record("changed meeting", meeting, by=by, at=at, changes=changed)
    return changed


def change_masthead(row: Meeting | Body, facts: MastheadFacts, *, by: Person | None, at: datetime) -> Record:
    """Say other things at the head of the papers. Returns field → [before, after], empty where nothing changed."""
    meeting = row.meeting if isinstance(row, Body) else row
    lock(meeting)
    changed = _set(row, facts)
    if changed:
        meeting.version += 1
        record("changed masthead", row, by=by, at=at, meeting_id=meeting.id, changes=changed)
    return changed


def publish(meeting: Meeting, *, by: Person | None, at: datetime) -> None:
    """Show the meeting to everybody. Refused when it is public or when nobody could register."""
    lock(meeting)
    if meeting.is_published:
        raise Refused(_("This meeting is public already."))
    if not meeting.categories:
        raise Refused(_("Add a category first: without one nobody could register."))
    meeting.published_at = at
    meeting.version += 1
    record("published meeting", meeting, by=by, at=at)


def add_part(meeting: Meeting, facts: PartFacts, *, by: Person | None, at: datetime) -> Part:
    """Give the meeting a body, a room, a category, a document or a kind. Refused when its code is taken."""
    lock(meeting)
    _refuse_taken(meeting, facts)
    model, name = ROW_OF[type(facts)], name_of_part(facts)
    row = model(meeting=meeting, **asdict(facts))
    db.session.add(row)
    db.session.flush()
    _draw_anew(row)
    record(f"added {word_for(model)}", row, by=by, at=at, code=name)
    return row


def change_part(row: Part, facts: PartFacts, *, by: Person | None, at: datetime) -> Record:
    """Say other things about a body, a room, a category, a document or a kind. Returns field → [before, after].

    Refused when its new code is taken.
    """
    lock(row.meeting)
    lock(row)
    _refuse_taken(row.meeting, facts, but=row)
    changed = _set(row, facts)
    if changed:
        _draw_anew(row)
        what = f"changed {word_for(type(row))}"
        record(what, row, by=by, at=at, code=name_of_part(row), changes=changed)
    return changed


def remove_part(row: Body | Category | Document | SessionKind, *, by: Person | None, at: datetime) -> None:
    """Take away what nothing refers to: who calls this has looked. History keeps what it was."""
    meeting, what = row.meeting, f"removed {word_for(type(row))}"
    record(what, row, by=by, at=at, code=name_of_part(row))
    _draw_anew(row)
    db.session.delete(row)
    db.session.flush()
    db.session.expire(meeting)


def close_room(room: Room, *, by: Person | None, at: datetime) -> None:
    """Take a room out of use; sessions it held keep its name. Closing it twice is no fault."""
    lock(room)
    if room.closed_at is None:
        room.closed_at = at
        record("closed room", room, by=by, at=at, code=room.code)


def open_room(room: Room, *, by: Person | None, at: datetime) -> None:
    """Use a closed room again."""
    lock(room)
    if room.closed_at is not None:
        room.closed_at = None
        record("opened room", room, by=by, at=at, code=room.code)


def grant(meeting: Meeting, person: Person, role: str, *, by: Person | None, at: datetime) -> Staff:
    """Let this person work at the meeting in this role from now on. Refused when they do already."""
    lock(meeting)
    if role not in STAFF_ROLES:
        raise Refused(_("Choose one of the roles that are offered."))
    if holds_role(person, meeting, role):
        raise Refused(_("%(name)s has this role already.", name=person.name))
    staff = Staff(
        meeting=meeting, person=person, role=role, granted_at=at, granted_by_id=by.id if by else None, ended_at=None
    )
    db.session.add(staff)
    db.session.flush()
    record("granted role", staff, by=by, at=at, role=role, name=person.name)
    return staff


def end_role(staff: Staff, *, by: Person | None, at: datetime) -> None:
    """End a role; the row stays. Refused for the last organizer: a meeting is never without one."""
    meeting = staff.meeting
    lock(meeting)
    lock(staff)
    if staff.ended_at is not None:
        raise Refused(_("This role has ended already."))
    if staff.role == ORGANIZER and len(holders_of(meeting, ORGANIZER)) == 1:
        raise Refused(_("%(name)s is the only organizer. Make somebody else organizer first.", name=staff.person.name))
    staff.ended_at, staff.ended_by_id = at, by.id if by else None
    record("ended role", staff, by=by, at=at, role=staff.role, name=staff.person.name)


def parts_of(meeting: Meeting, model: type[Part]) -> list[Part]:
    """The meeting's bodies, rooms, categories, documents or kinds of session, as they are now."""
    rows: dict[type[Part], list[Part]] = {
        Body: list(meeting.bodies),
        Room: list(meeting.rooms),
        Category: list(meeting.categories),
        Document: list(meeting.documents),
        SessionKind: list(meeting.kinds),
    }
    return rows[model]


def name_of_part(part: Part | PartFacts) -> str:
    """What a meeting file and an organizer call it by: its code, or its symbol."""
    return part.symbol if isinstance(part, (Document, DocumentFacts)) else part.code


def word_for(model: type[Part]) -> str:
    """The noun of history for a part."""
    return WORDS.get(model, model.__name__.lower())


def _draw_anew(row: Part) -> None:
    """Give the meeting another version where pages that are kept show this row."""
    if isinstance(row, Document | SessionKind):
        row.meeting.version += 1


def _refuse_taken(meeting: Meeting, facts: PartFacts, *, but: Part | None = None) -> None:
    name = name_of_part(facts)
    others = (row for row in parts_of(meeting, ROW_OF[type(facts)]) if row is not but)
    if any(name_of_part(row) == name for row in others):
        beside = "symbol" if isinstance(facts, DocumentFacts) else "code"
        raise Refused(_("“%(code)s” is there already. Choose another code.", code=name), beside=beside)


def _set(row: Meeting | Part, facts: MeetingFacts | PartFacts | MastheadFacts) -> Record:
    changed: Record = {}
    for name, value in asdict(facts).items():
        before = getattr(row, name)
        if before != value:
            changed[name] = [_for_history(before), _for_history(value)]
            setattr(row, name, value)
    return changed


def _for_history(value: object) -> object:
    """A value as history keeps it."""
    return value.isoformat() if isinstance(value, (date, datetime)) else value
