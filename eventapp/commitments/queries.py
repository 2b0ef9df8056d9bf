import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from eventapp.agenda.models import Session
from eventapp.commitments.models import LATE, SOON, FocalPoint, Reminder
from eventapp.commitments.register import Commitment
from eventapp.db import db
from eventapp.meetings.models import Meeting
from eventapp.outcomes.companions import newest_deliveries
from eventapp.outcomes.models import APPROVED, PUBLISHED, Note
from eventapp.people.models import Person
from eventapp.registration.models import APPROVED as HAS_PLACE
from eventapp.registration.models import Delegation, Registration
from eventapp.text import folded
from eventapp.vocabulary.called import called
from eventapp.vocabulary.countries import country

KIND = "commitment"
BEFORE, AFTER = timedelta(days=14), timedelta(days=60)  # when we remind before the day, and how long after it
CHIEF = ("HOD", "DHOD", "REP")  # whom we write to in a delegation, the first that is there
# What people write around the name that a delegation registered by: "the ESCAP secretariat", "Government of Bhutan".
OF_IT = re.compile(r"(?:the )?(?:(?:royal )?government|delegation|secretariat) of (?:the )?(.+)", re.IGNORECASE)
ITS = re.compile(r"(?:the )?(.+?)(?:[’']s)?(?: (?:secretariat|delegation|government))?", re.IGNORECASE)


def commitments(*where: ColumnElement[bool]) -> list[Commitment]:
    """The commitments on the record that were cleared, the newest meeting first. Four queries."""
    query = (
        select(Note)
        .join(Note.session)
        .join(Session.meeting)
        .join(Note.current)
        .where(Note.deleted_at.is_(None), Note.state.in_((APPROVED, PUBLISHED)), Session.cancelled_at.is_(None), *where)
        .order_by(Meeting.starts_on.desc(), Meeting.id, Session.starts_at, Session.code, Note.number)
        .options(
            contains_eager(Note.session).contains_eager(Session.meeting).selectinload(Meeting.bodies),
            contains_eager(Note.session).joinedload(Session.body),
            contains_eager(Note.current),
        )
    )
    found = [one for one in db.session.scalars(query) if one.current.kind == KIND and not one.current.off_record]
    told = newest_deliveries(found)
    return [Commitment(note, told.get(note.id)) for note in found]


def public_commitments() -> list[Commitment]:
    """What the world may read, of all meetings: published notes of published meetings."""
    return commitments(Note.state == PUBLISHED, Meeting.published_at.is_not(None))


def commitments_for(meeting: Meeting) -> list[Commitment]:
    """What those who work at this meeting read: its own that were cleared, and what is public of all others."""
    return commitments(
        or_(Session.meeting_id == meeting.id, (Note.state == PUBLISHED) & Meeting.published_at.is_not(None))
    )


def carried_over(meeting: Meeting) -> list[Commitment]:
    """What earlier meetings of the same bodies left open, that everybody may read: where this meeting starts from."""
    here = {body.code for body in meeting.bodies}
    if not here:
        return []
    earlier = commitments(
        Note.state == PUBLISHED, Meeting.published_at.is_not(None), Meeting.starts_on < meeting.starts_on
    )
    return [one for one in earlier if not one.is_over and here & set(one.bodies)]


def told_here(meeting: Meeting, note_id: int) -> Commitment | None:
    """The commitment that this meeting may tell the delivery of: one of its own, or one carried over to it."""
    own = commitments(Note.id == note_id, Session.meeting_id == meeting.id)
    carried = [one for one in carried_over(meeting) if one.note.id == note_id] if not own else []
    earlier = commitments(Note.id == note_id, Note.state == PUBLISHED) if not own and not carried else []
    shared = [one for one in earlier if {body.code for body in meeting.bodies} & set(one.bodies)]
    return next(iter([*own, *carried, *shared]), None)


def reminders_of(notes: Iterable[Note]) -> dict[int, list[Reminder]]:
    """Whom we reminded of these commitments, the newest first, by note."""
    query = select(Reminder).where(Reminder.note_id.in_([note.id for note in notes])).order_by(Reminder.id.desc())
    found: dict[int, list[Reminder]] = {}
    for one in db.session.scalars(query.options(joinedload(Reminder.person))):
        found.setdefault(one.note_id, []).append(one)
    return found


def was_reminded(note: Note, due_on: date, kind: str) -> bool:
    """Whether somebody was reminded of this day in this way."""
    query = select(Reminder.id).where(Reminder.note_id == note.id, Reminder.due_on == due_on, Reminder.kind == kind)
    return db.session.scalar(query.limit(1)) is not None


def named_for(note: Note) -> Person | None:
    """Whom an organizer named for this commitment last; None where nobody was."""
    query = select(FocalPoint).where(FocalPoint.note_id == note.id).order_by(FocalPoint.id.desc()).limit(1)
    newest = db.session.scalar(query.options(joinedload(FocalPoint.person)))
    return newest.person if newest else None


def owner_of(one: Commitment) -> Person | None:
    """Whom we write to about it: who was named for it; who made it, where an address is known; else the first of who
    will do it or spoke.
    """
    named = named_for(one.note)
    if named is not None:
        return named
    now = one.note.current
    if now.role is not None and now.role.person is not None:
        return now.role.person
    found = (focal_point(one.meeting, said) for said in (now.who, now.organization) if said)
    return next((person for person in found if person is not None), None)


def focal_point(meeting: Meeting, said: str) -> Person | None:
    """The first person of the delegation or organization that somebody called so; one of that very name first."""
    names = list(without_its_office(said))
    exact = {folded(name) for name in names}
    senders = {sender.id: sender for sender in delegations_of(meeting) if names_of(sender) & folded_names(names)}
    query = (
        select(Registration)
        .where(Registration.meeting_id == meeting.id, Registration.state == HAS_PLACE)
        .where(or_(Registration.delegation_id.in_(senders), Registration.organization.in_(names)))
        .order_by(Registration.number)
        .options(joinedload(Registration.person), joinedload(Registration.delegation))
    )
    found = sorted(db.session.scalars(query), key=lambda one: (one.delegation.folded_name not in exact, rank(one)))
    return found[0].person if found else None


def delegations_of(meeting: Meeting) -> Iterable[Delegation]:
    return db.session.scalars(select(Delegation).where(Delegation.meeting_id == meeting.id))


def names_of(sender: Delegation) -> set[str]:
    """Every way to write who sends this delegation; a State has more of them than its table tag."""
    state = country(sender.country) if sender.is_state else None
    return folded_names([sender.name, *(state.names if state else ())])


def folded_names(names: Iterable[str]) -> set[str]:
    return {folded(way) for name in names for way in called(name)}


def without_its_office(name: str) -> Iterator[str]:
    """Yield the name as it was written, and without what people write around it."""
    yield name
    for around in (OF_IT, ITS):
        bare = around.fullmatch(name.strip())
        if bare and bare[1] != name:
            yield bare[1]


def rank(registration: Registration) -> int:
    role = registration.delegation_role
    return CHIEF.index(role) if role in CHIEF else len(CHIEF)


def kind_due(one: Commitment, at: datetime) -> str:
    """How its owner is to be reminded at this moment: before the day, after it, or ('') not at all."""
    if one.is_over or one.due_on is None:
        return ""
    today = at.astimezone(one.meeting.tz).date()
    if today > one.due_on:
        return LATE if today - one.due_on <= AFTER else ""
    return SOON if one.due_on - today <= BEFORE else ""


def next_to_remind(at: datetime) -> tuple[Commitment, str, Person] | None:
    """The first commitment whose owner is to be reminded now, how, and who that is; None where all were."""
    for one in commitments(Meeting.published_at.is_not(None)):
        kind = kind_due(one, at)
        if not kind or one.due_on is None or was_reminded(one.note, one.due_on, kind):
            continue
        person = owner_of(one)
        if person is not None:
            return one, kind, person
    return None
