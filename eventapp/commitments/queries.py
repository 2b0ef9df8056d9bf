"""The register: which commitments are on it, and which of them fit. The database finds them."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeVarTuple
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, Text, and_, case, cast, false, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased, contains_eager, joinedload, selectinload

from eventapp.agenda.models import Session
from eventapp.commitments.models import LATE, SOON, Reminder
from eventapp.commitments.owners import owner_of
from eventapp.commitments.register import (
    NAMED,
    OPEN,
    OVER,
    Commitment,
    CommitmentFilter,
    Counted,
    Searched,
    status_of,
    themes_offered,
)
from eventapp.ground.db import db
from eventapp.ground.web.paging import Page, page_in_sql, page_of
from eventapp.meetings.models import Body, Meeting
from eventapp.people.models import Person
from eventapp.record.extras.models import Delivery
from eventapp.record.notes.content import ALLOWED, DELIVERIES
from eventapp.record.notes.models import APPROVED, PUBLISHED, Note, Revision
from eventapp.vocabulary.countries import country

Columns = TypeVarTuple("Columns")
KIND, A_PAGE = "commitment", 50
ON_THE_REGISTER: tuple[ColumnElement[bool], ...] = (  # a commitment on the record that was cleared
    Note.deleted_at.is_(None),
    Note.state.in_((APPROVED, PUBLISHED)),
    Session.cancelled_at.is_(None),
    Revision.kind == KIND,
    Revision.off_record.is_(False),
)
PUBLIC = and_(Note.state == PUBLISHED, Meeting.published_at.is_not(None))  # what the world may read, of all meetings
# How far it is and until when, as Commitment has it: by what was told last, else by the note.
SAID = case((Delivery.state != "", Delivery.state), else_=Revision.delivery)
STATUS = case((SAID.in_(DELIVERIES), SAID), else_=OPEN)
DUE = case((Delivery.id.is_not(None), Delivery.due_on), else_=Revision.due_on)
IS_OVER = STATUS.in_(OVER)
# Whether the ceiling of the note and the rule of its session let a name be told.
MAY_BE_NAMED = Revision.ceiling.in_(NAMED) & Session.rule.in_(
    [rule for rule, most in ALLOWED.items() if most[0] in NAMED]
)
# What is waited for first, by its day; then what has none; at the end what is done or dropped.
URGENCY = (IS_OVER, DUE.nulls_last())
IN_ORDER = (Meeting.starts_on.desc(), Meeting.id, Session.starts_at, Session.code, Note.number)
TOLD = (
    Note.id,
    Session.code,
    Note.number,
    Session.rule,
    *(getattr(Revision, name) for name in Searched._fields[4:]),
)
BEFORE, AFTER = timedelta(days=14), timedelta(days=60)  # when we remind before the day, and how long after it


def on_the_register(query: Select[*Columns], *where: ColumnElement[bool]) -> Select[*Columns]:
    """This query over the notes of the register, each with the newest of what was told about its delivery."""
    newest = select(Delivery.note_id, func.max(Delivery.id).label("id")).group_by(Delivery.note_id).subquery()
    return (
        query.select_from(Note)
        .join(Note.session)
        .join(Session.meeting)
        .join(Note.current)
        .outerjoin(Session.body)
        .outerjoin(newest, newest.c.note_id == Note.id)
        .outerjoin(Delivery, Delivery.id == newest.c.id)
        .where(*ON_THE_REGISTER, *where)
    )


# any column may come first
def commitments(*where: ColumnElement[bool], first: Sequence[ColumnElement[Any]] = ()) -> list[Commitment]:
    """The cleared commitments on the record, by what comes `first`, then the newest meeting first. Three queries."""
    query = on_the_register(select(Note, Delivery), *where).options(
        contains_eager(Note.session).selectinload(Session.meeting).selectinload(Meeting.bodies),
        contains_eager(Note.session).contains_eager(Session.body),
        contains_eager(Note.current),
    )
    return [Commitment(note, told) for note, told in db.session.execute(query.order_by(*first, *IN_ORDER))]


def commitments_counted(*where: ColumnElement[bool]) -> list[Counted]:
    """The same commitments, counted by the database: one row for all of a meeting that stand alike. One query."""
    columns = (Session.meeting_id, Body.code, Delivery.id.is_not(None), Delivery.state, Delivery.due_on)
    noted = (Revision.delivery, Revision.due_on)
    query = on_the_register(select(*columns, *noted, func.count()), *where).group_by(*columns, *noted)
    return [
        Counted(meeting_id, body or "", status_of(state or "", said), told_day if told else day, number)
        for meeting_id, body, told, state, told_day, said, day, number in db.session.execute(query)
    ]


def found(
    wish: CommitmentFilter, wanted: str | None, *where: ColumnElement[bool], at: datetime, total: int | None = None
) -> Page[Commitment]:
    """The page of what fits that an address asks for, the most urgent first.

    The database finds, counts and cuts. Words alone are looked for here, in what may be told of each. `total` is how
    many there are at all where that was asked before.
    """
    wished = conditions(wish, *where, at=at)
    fitting = (*where, *wished)
    order = (*URGENCY, *IN_ORDER)
    if wish.words:
        rows = db.session.execute(on_the_register(select(*TOLD), *fitting).order_by(*order))
        page = page_of([row.id for row in map(Searched._make, rows) if wish.has_words(row)], wanted, most=A_PAGE)
    else:
        query = on_the_register(select(Note.id), *fitting).order_by(*order)
        page = page_in_sql(query, wanted, most=A_PAGE, count=None if wished else total)
    return Page(commitments(Note.id.in_(page.rows), first=URGENCY), page.number, page.pages, page.count)


def all_found(wish: CommitmentFilter, *where: ColumnElement[bool], at: datetime) -> list[Commitment]:
    """The same as one list, for a file."""
    fitting = commitments(*where, *conditions(wish, *where, at=at), first=URGENCY)
    return [one for one in fitting if wish.has_words(one.searched)]


def conditions(wish: CommitmentFilter, *where: ColumnElement[bool], at: datetime) -> list[ColumnElement[bool]]:
    """What is asked for beside words. A speaker's country is asked about only as far as it may be told."""
    asked = []
    if wish.body:
        asked.append(of_body([wish.body]))
    if wish.meeting:
        asked.append(Meeting.slug == wish.meeting)
    if wish.status:
        asked.append(STATUS.in_([wish.status]))
    if wish.line:
        code, _blank, title = wish.line.partition(" ")
        asked.append(has_code(Revision.action_lines, code))
        if title:
            asked.append(Session.meeting_id.in_(meetings_calling(code, title, *where)))
    if wish.country:
        asked.append(or_(has_code(Revision.countries, wish.country), (Revision.country == wish.country) & MAY_BE_NAMED))
    if wish.overdue:
        zones = db.session.scalars(on_the_register(select(Meeting.zone).distinct(), *where))
        ended = [(Meeting.zone == zone) & (at.astimezone(ZoneInfo(zone)).date() > DUE) for zone in zones]
        asked.append(~IS_OVER & or_(false(), *ended))
    return asked


def of_body(codes: Sequence[str]) -> ColumnElement[bool]:
    """Whether it was made to one of these bodies: its session's, or where that has none those of the meeting."""
    other = aliased(Body)
    meets = select(other.id).where(other.meeting_id == Session.meeting_id, other.code.in_(codes)).exists()
    return or_(Body.code.in_(codes), Session.body_id.is_(None) & meets)


def has_code(column: InstrumentedAttribute[list[str]], code: str) -> ColumnElement[bool]:
    """Whether this code is in a list, as it is written: LIKE would take c2 for C2 on SQLite and on no other."""
    listed = cast(column, Text)
    return func.replace(listed, f'"{code}"', "") != listed


@dataclass(frozen=True)
class Choices:
    """What may be looked for in the register."""

    meetings: Sequence[Meeting]
    bodies: Sequence[tuple[str, str]]
    countries: Sequence[tuple[str, str]]
    total: int  # commitments


def choices(*where: ColumnElement[bool]) -> Choices:
    """The meetings, bodies and countries that these commitments have, and how many there are. Three queries."""
    own = case((MAY_BE_NAMED, Revision.country), else_="")
    columns = (cast(Revision.countries, Text).label("several"), own.label("one"), Session.meeting_id)
    query = on_the_register(select(*columns, func.count()), *where).group_by("several", "one", Session.meeting_id)
    listed = db.session.execute(query).all()
    ids = {meeting_id for _several, _one, meeting_id, _number in listed}
    held = select(Meeting).where(Meeting.id.in_(ids)).order_by(Meeting.starts_on.desc(), Meeting.id)
    meetings = list(db.session.scalars(held.options(selectinload(Meeting.bodies))))
    codes = {code for several, one, *_more in listed for code in (*json.loads(several), one)}
    return Choices(
        meetings,
        by_name({body.code: body.name for meeting in meetings for body in meeting.bodies}),
        by_name({code: place.label for code in codes if (place := country(code))}),
        sum(number for *_more, number in listed),
    )


def meetings_calling(code: str, title: str, *where: ColumnElement[bool]) -> list[int]:
    """The meetings with such commitments of which a theme of their own has this code and this title, by number."""
    ids = on_the_register(select(Session.meeting_id), *where)
    found = db.session.scalars(select(Meeting).where(Meeting.id.in_(ids)))
    return [one.id for one in found if f"{code} {title}" in themes_offered([one])]


def by_name(names: Mapping[str, str]) -> list[tuple[str, str]]:
    return sorted(names.items(), key=lambda pair: pair[1])


def read_at(meeting: Meeting) -> ColumnElement[bool]:
    """What those who work at this meeting read: its own that were cleared, and what is public of all others."""
    return or_(Session.meeting_id == meeting.id, PUBLIC)


def carried_over(meeting: Meeting) -> list[Commitment]:
    """What earlier meetings of the same bodies left open, that everybody may read: where this meeting starts from."""
    here = [body.code for body in meeting.bodies]
    if not here:
        return []
    return commitments(PUBLIC, Meeting.starts_on < meeting.starts_on, ~IS_OVER, of_body(here))


def recorded_here(meeting: Meeting, note_id: int) -> Commitment | None:
    """The commitment that this meeting may tell the delivery of: one of its own, or a published one of its bodies."""
    shared = (Note.state == PUBLISHED) & of_body([body.code for body in meeting.bodies])
    return next(iter(commitments(Note.id == note_id, or_(Session.meeting_id == meeting.id, shared))), None)


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
    near = DUE.between((at - AFTER).date() - timedelta(days=1), (at + BEFORE).date() + timedelta(days=1))  # in any zone
    for one in commitments(Meeting.published_at.is_not(None), ~IS_OVER, near):
        kind = kind_due(one, at)
        if not kind or one.due_on is None or was_reminded(one.note, one.due_on, kind):
            continue
        person = owner_of(one)
        if person is not None:
            return one, kind, person
    return None
