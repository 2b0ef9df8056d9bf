from collections.abc import Sequence
from dataclasses import dataclass, field, fields

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, func, or_, select, tuple_

from eventapp.checkin.labels import admitted
from eventapp.checkin.models import Gate, Scan
from eventapp.ground.db import db
from eventapp.ground.db.types import Query
from eventapp.meetings.models import Category, Meeting
from eventapp.official_list.layout import (
    AGENCIES,
    ASSOCIATES,
    BODIES,
    INTERGOVERNMENTAL,
    MEMBERS,
    NONGOVERNMENTAL,
    OBSERVERS,
    OTHERS,
    SECRETARIAT,
    Line,
    Sender,
)
from eventapp.official_list.models import (
    ACCREDITED,
    HAS_PLACE,
    ORGANIZERS,
    PRESENT,
    ListLine,
    ListVersion,
    OfficialList,
)
from eventapp.organizations.kinds import NGO
from eventapp.organizations.queries import kind_of
from eventapp.registration.models import APPROVED, Delegation, Registration

COLUMNS = tuple(one.name for one in fields(Line))  # of a line, in a version and live
OF_KIND = {"un": BODIES, "agency": AGENCIES, "igo": INTERGOVERNMENTAL, "observer": OBSERVERS, NGO: NONGOVERNMENTAL}
COMPARED = ("part", "sender", "role", "name", "title", "organization")


@dataclass(frozen=True)
class Choice:
    """Who is in the list of a meeting, and who reads it."""

    rule: str = HAS_PLACE
    audience: str = ORGANIZERS
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class Difference:
    """What differs between two lists: how many, and the first of them."""

    added: int = 0
    gone: int = 0
    changed: int = 0
    new_lines: Sequence[Line] = field(default=())
    gone_lines: Sequence[Line] = field(default=())
    pairs: Sequence[tuple[Line, Line]] = field(default=())  # before, after

    def __bool__(self) -> bool:
        return bool(self.added or self.gone or self.changed)


def row_of(meeting: Meeting) -> OfficialList | None:
    """What the meeting has chosen; None where it has chosen nothing."""
    return db.session.scalar(select(OfficialList).where(OfficialList.meeting_id == meeting.id))


def choice_of(meeting: Meeting) -> Choice:
    """Who is in the list, and who reads it."""
    row = row_of(meeting)
    return Choice(row.rule, row.audience, tuple(row.left_out)) if row else Choice()


def versions_of(meeting: Meeting) -> list[ListVersion]:
    """Every version that was issued, the newest first."""
    query = select(ListVersion).where(ListVersion.meeting_id == meeting.id).order_by(ListVersion.number.desc())
    return list(db.session.scalars(query))


def newest_version(meeting: Meeting) -> ListVersion | None:
    """The version in force."""
    query = select(ListVersion).where(ListVersion.meeting_id == meeting.id).order_by(ListVersion.number.desc())
    return db.session.scalar(query.limit(1))


def version_at(meeting: Meeting, number: int) -> ListVersion | None:
    """The version with this number."""
    query = select(ListVersion).where(ListVersion.meeting_id == meeting.id, ListVersion.number == number)
    return db.session.scalar(query)


def live(meeting: Meeting, choice: Choice) -> Query:
    """The lines that a version issued now would have; `registration_id` beside the columns of a line."""
    by_name = Registration.family_name + " " + Registration.given_name
    state = case((Delegation.is_state, Delegation.country), else_="")
    columns = (
        Registration.id.label("registration_id"),
        Registration.number.label("number"),
        _part().label("part"),
        Delegation.name.label("sender"),
        state.label("country"),
        Registration.delegation_role.label("role"),
        Registration.record_name.label("name"),
        by_name.label("sorted_by"),
        Registration.job_title.label("title"),
        Registration.organization.label("organization"),
    )
    return _among(meeting, choice).add_columns(*columns).where(Registration.lists_name)


def not_agreed(meeting: Meeting, choice: Choice) -> int:
    """How many would be in the list, had they agreed to be named."""
    among = _among(meeting, choice).add_columns(Registration.id).where(Registration.lists_name.is_(False))
    return db.session.scalar(select(func.count()).select_from(among.subquery())) or 0


def _among(meeting: Meeting, choice: Choice) -> Query:
    query: Query = (
        select()
        .select_from(Registration)
        .join(Category, Registration.category_id == Category.id)
        .join(Delegation, Registration.delegation_id == Delegation.id)
        .where(
            Registration.meeting_id == meeting.id, Registration.state == APPROVED, Registration.brought_by_id.is_(None)
        )
    )
    if choice.left_out:
        query = query.where(Category.code.not_in(choice.left_out))
    if choice.rule == ACCREDITED:  # whoever needs no letter needs no accreditation: the secretariat, speakers
        query = query.where(or_(Delegation.accredited_at.is_not(None), Category.needs_letter.is_(False)))
    if choice.rule == PRESENT:
        query = query.where(Registration.id.in_(let_in(meeting)))
    return query


def let_in(meeting: Meeting) -> Select[int | None]:
    """The numbers of the registrations of everybody who was let in at a door of the meeting."""
    query = select(Scan.registration_id).join(Gate, Scan.gate_id == Gate.id)
    return query.where(Gate.meeting_id == meeting.id, Scan.registration_id.is_not(None), *admitted())


def _part() -> ColumnElement[str]:
    """The part that the category says; where it says none, or only that it is of the United Nations, that of the
    organization's kind in the register.
    """
    kind, known = Category.stakeholder_type, kind_of(Delegation.organization_id)
    return case(
        (Category.represents == "member", MEMBERS),
        (Category.represents == "associate", ASSOCIATES),
        (Category.represents == "state", OBSERVERS),
        (kind == "secretariat", SECRETARIAT),
        (and_(kind == "un", or_(Category.code.startswith("SPA"), known == "agency")), AGENCIES),
        (kind == "un", BODIES),
        (kind == "igo", INTERGOVERNMENTAL),
        (kind == "civil-society", NONGOVERNMENTAL),
        else_=case(OF_KIND, value=known, else_=OTHERS),
    )


def issued(version: ListVersion | None) -> Query:
    """The lines of this version as issued; none where there is none."""
    columns = [getattr(ListLine, name) for name in ("registration_id", *COLUMNS)]
    return select(*columns).where(ListLine.version_id == (version.id if version else 0))


def shown(version: ListVersion) -> Query:
    """The lines of this version but those of whoever took the agreement to be named back since."""
    agreed = select(Registration.id).where(Registration.id == ListLine.registration_id, Registration.lists_name)
    return issued(version).where(agreed.exists())


def people_in(lines: Query) -> list[int]:
    """The registrations of everybody in these lines, in order of their numbers of rows."""
    among = lines.subquery()
    return list(db.session.scalars(select(among.c.registration_id).order_by(among.c.registration_id)))


def senders_in(lines: Query) -> list[Sender]:
    """The delegations of these lines, each with how many people it has, in no order."""
    among = lines.subquery()
    columns = among.c.part, among.c.sender, among.c.country
    query = select(*columns, func.count()).group_by(*columns)
    return [Sender(*row) for row in db.session.execute(query)]


def lines_in(lines: Query, senders: Sequence[Sender] | None = None) -> list[Line]:
    """These lines, in no order; of them those of these delegations, where some are named."""
    among = lines.subquery()
    query: Query = select(*(among.c[name] for name in COLUMNS))
    if senders is not None:
        query = query.where(tuple_(among.c.part, among.c.sender).in_([(one.part, one.name) for one in senders]))
    return [Line(*row) for row in db.session.execute(query)]


def difference(before: Query, after: Query, *, most: int) -> Difference:
    """What differs between these lines and those, with the first so many of each kind."""
    then, now = before.subquery("before"), after.subquery("after")
    differs = or_(*(then.c[name] != now.c[name] for name in COMPARED))
    number, new = _alone(now, then, most)
    number_gone, old = _alone(then, now, most)
    both = then.join(now, then.c.number == now.c.number)
    changed = db.session.scalar(select(func.count()).select_from(both).where(differs)) or 0
    pairs: Query = select(*_columns(then), *_columns(now)).select_from(both).where(differs)
    rows = db.session.execute(pairs.order_by(now.c.number).limit(most)) if changed else ()
    middle = len(COLUMNS)
    found = [(Line(*row[:middle]), Line(*row[middle:])) for row in rows]
    return Difference(number, number_gone, changed, new, old, found)


def _alone(side: Subquery, other: Subquery, most: int) -> tuple[int, list[Line]]:
    """How many lines of this side the other has not, and the first of them.

    By a list of numbers, which every database sorts first: SQLite went through all of the other side for each line of
    an outer join.
    """
    alone = side.c.number.not_in(select(other.c.number))
    number = db.session.scalar(select(func.count()).select_from(side).where(alone)) or 0
    query: Query = select(*_columns(side)).where(alone).order_by(side.c.number).limit(most)
    return number, [Line(*row) for row in db.session.execute(query)] if number else []


def _columns(side: Subquery) -> list[ColumnElement[str]]:
    return [side.c[name].label(f"{side.name}_{name}") for name in COLUMNS]


def countries_in(version: ListVersion) -> list[str]:
    """The codes of the States in this version."""
    query = select(ListLine.country).where(ListLine.version_id == version.id, ListLine.country != "")
    return sorted(db.session.scalars(query.distinct()))


def organizations_in(version: ListVersion) -> list[str]:
    """The names of the delegations in this version that are no States."""
    query = select(ListLine.sender).where(ListLine.version_id == version.id, ListLine.country == "")
    return sorted(db.session.scalars(query.distinct()))
