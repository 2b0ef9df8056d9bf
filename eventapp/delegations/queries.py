from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, func, or_, select, true
from sqlalchemy import Row as SelectedRow
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from eventapp.delegations.look import (
    ACCREDITED,
    ALL,
    ASSOCIATES,
    MEMBERS,
    MISSING,
    ORGANIZATIONS,
    PROTOCOL,
    STATES,
    TABS,
    TO_DECIDE,
    Look,
)
from eventapp.delegations.naming import countries_named
from eventapp.ground.db import db
from eventapp.ground.text.policy import folded
from eventapp.ground.web.paging import Page, page_in_sql
from eventapp.meetings.models import Category, Meeting
from eventapp.organizations.queries import organizations_named
from eventapp.registration.decisions.obstacles import takes_place
from eventapp.registration.models import APPROVED, PENDING, WAITING, Delegation, DelegationFocalPoint, Registration
from eventapp.registration.queries import covered, has_letter
from eventapp.vocabulary.countries import ASSOCIATE, MEMBER
from eventapp.vocabulary.countries import MEMBERS as OF_THE_COMMISSION
from eventapp.vocabulary.participants import DELEGATION_ROLES, HEAD

Counted = SelectedRow[Delegation, int, int, int, int, bool]
PAGE = 50
COMING = (PENDING, APPROVED, WAITING)  # who asks for a place or has one
IS_COMING = and_(  # or is nominated for one; whoever only accompanies somebody is none of the delegation
    Registration.brought_by_id.is_(None), or_(Registration.state.in_(COMING), takes_place())
)


@dataclass(frozen=True)
class Row:
    """One delegation in the list: how many come or ask to, and what stands against accrediting it."""

    delegation: Delegation
    people: int
    placed: int  # who take one of its places
    heads: int
    unlettered: int  # whose category needs a letter and who have none of their own
    is_covered: bool  # by a letter for the whole delegation
    names: tuple[str, ...] = ()  # of those who lead it

    @property
    def too_many(self) -> int:
        """How many more people there are than places."""
        return max(0, self.people - self.delegation.places) if self.delegation.places is not None else 0

    @property
    def lacks_head(self) -> bool:
        return self.delegation.is_state and self.people > 1 and not self.heads

    @property
    def lacks_letter(self) -> bool:
        return bool(self.unlettered) and not self.is_covered


def delegation_of(meeting: Meeting, number: int) -> Delegation | None:
    """The delegation of this meeting with this number; None for one that was merged into another."""
    query = select(Delegation).where(Delegation.meeting_id == meeting.id, Delegation.id == number)
    return db.session.scalar(query.where(Delegation.merged_into_id.is_(None)))


def listed(meeting: Meeting, look: Look) -> Page[Row]:
    """The page that the look asks for, or the last one."""
    sums = sums_of(meeting)
    wanted = select(Delegation.id).outerjoin(sums, sums.c.delegation_id == Delegation.id)
    wanted = wanted.where(Delegation.meeting_id == meeting.id, is_there(sums), *conditions(look, sums))
    page = page_in_sql(wanted.order_by(*order(look, sums)), str(look.page), most=PAGE)
    found, names = rows_of(meeting, page.rows), heads_of(page.rows)
    return Page([row_from(found[one], names) for one in page.rows], page.number, page.pages, page.count)


def row_of(delegation: Delegation) -> Row:
    """What the list says of this delegation, also where nobody comes for it any more."""
    number = delegation.id
    return row_from(rows_of(delegation.meeting, [number])[number], heads_of([number]))


def row_from(found: Counted, names: Mapping[int, tuple[str, ...]]) -> Row:
    delegation, people, placed, heads, unlettered, is_covered = found
    return Row(delegation, people, placed, heads, unlettered, is_covered, names.get(delegation.id, ()))


def tab_counts(meeting: Meeting, tabs: Collection[str] = TABS) -> dict[str, int]:
    """How many delegations each of these tabs has."""
    sums = sums_of(meeting)
    wanted = [func.count().filter(in_tab(tab, sums)) for tab in tabs]
    query = select(*wanted).select_from(Delegation).outerjoin(sums, sums.c.delegation_id == Delegation.id)
    found = db.session.execute(query.where(Delegation.meeting_id == meeting.id, is_there(sums))).one()
    return dict(zip(tabs, found, strict=True))


def members_of(delegation: Delegation) -> list[Registration]:
    """Everybody who asks for a place in this delegation, has one or is nominated, in order of protocol; 200 at most."""
    ranks = case(
        {code: rank for rank, code in enumerate(DELEGATION_ROLES)}, value=Registration.delegation_role, else_=99
    )
    query = select(Registration).where(Registration.delegation_id == delegation.id, IS_COMING)
    query = query.order_by(
        ranks, Registration.position, func.lower(Registration.family_name), Registration.number
    ).limit(200)
    return list(db.session.scalars(query.options(joinedload(Registration.category))))


def places_by_role(delegation: Delegation) -> list[tuple[str, int, int]]:
    """(role, places taken, places) of each role whose places are set, in order of protocol."""
    if not delegation.role_places:
        return []
    query = select(Registration.delegation_role, func.count()).where(
        Registration.delegation_id == delegation.id, takes_place()
    )
    found = db.session.execute(query.group_by(Registration.delegation_role))
    counted = {role: count for role, count in found}  # noqa: C416 -- a row is no pair to the types
    return [
        (term.label, counted.get(role, 0), delegation.role_places[role])
        for role, term in DELEGATION_ROLES.items()
        if role in delegation.role_places
    ]


def lettered(registrations: Collection[Registration]) -> set[int]:
    """The numbers of those of these who have a letter, or whose delegation has."""
    numbers = [one.id for one in registrations]
    return set(db.session.scalars(select(Registration.id).where(Registration.id.in_(numbers), has_letter())))


def other_names(delegation: Delegation) -> list[Delegation]:
    """The delegations that were merged into this one: whoever gives their name comes for it."""
    query = select(Delegation).where(Delegation.merged_into_id == delegation.id)
    return list(db.session.scalars(query.order_by(Delegation.folded_name)))


def choices_beside(delegation: Delegation) -> list[tuple[int, str]]:
    """(number, name) of every other delegation of the meeting that this one can be merged with, by name."""
    query = select(Delegation.id, Delegation.name).where(
        Delegation.meeting_id == delegation.meeting_id,
        Delegation.merged_into_id.is_(None),
        Delegation.id != delegation.id,
    )
    return [(number, name) for number, name in db.session.execute(query.order_by(Delegation.folded_name))]


def heads_of(delegations: Collection[int]) -> dict[int, tuple[str, ...]]:
    """The names of those who lead each of these delegations."""
    query = select(Registration.delegation_id, Registration.record_name).where(
        Registration.delegation_id.in_(delegations),
        IS_COMING,
        Registration.delegation_role == HEAD,
    )
    found: dict[int, tuple[str, ...]] = {}
    for number, name in db.session.execute(query.order_by(Registration.number)):
        found[number] = (*found.get(number, ()), name)
    return found


def sums_of(meeting: Meeting, *only: ColumnElement[bool]) -> Subquery:
    """What is counted of each delegation of the meeting, or of those with these conditions."""
    return (
        select(
            Registration.delegation_id.label("delegation_id"),
            func.count().label("people"),
            func.count().filter(takes_place()).label("placed"),
            func.count().filter(Registration.delegation_role == HEAD).label("heads"),
            func.count().filter(Category.needs_letter & ~has_letter()).label("unlettered"),
            func.min(Category.protocol_order).label("rank"),
        )
        .join(Category, Category.id == Registration.category_id)
        .where(Registration.meeting_id == meeting.id, IS_COMING, *only)
        .group_by(Registration.delegation_id)
        .subquery()
    )


def rows_of(meeting: Meeting, delegations: Collection[int]) -> dict[int, Counted]:
    """These delegations with what is counted of each, by number."""
    sums = sums_of(meeting, Registration.delegation_id.in_(delegations))
    query: Select[Delegation, int, int, int, int, bool] = (
        select(
            Delegation,
            func.coalesce(sums.c.people, 0),
            func.coalesce(sums.c.placed, 0),
            func.coalesce(sums.c.heads, 0),
            func.coalesce(sums.c.unlettered, 0),
            covered(Delegation.id),
        )
        .outerjoin(sums, sums.c.delegation_id == Delegation.id)
        .where(Delegation.id.in_(delegations))
    )
    return {row[0].id: row for row in db.session.execute(query)}


def is_there(sums: Subquery) -> ColumnElement[bool]:
    """The condition that a delegation has people or a focal point, or that something was decided about it."""
    asked = select(DelegationFocalPoint.id).where(DelegationFocalPoint.delegation_id == Delegation.id).exists()
    decided = or_(Delegation.places.is_not(None), Delegation.accredited_at.is_not(None), covered(Delegation.id), asked)
    return and_(Delegation.merged_into_id.is_(None), or_(sums.c.people > 0, decided))


def in_tab(tab: str, sums: Subquery) -> ColumnElement[bool]:
    if tab == TO_DECIDE:
        return Delegation.accredited_at.is_(None) & something_against(sums)
    if tab in (MEMBERS, ASSOCIATES):
        status = MEMBER if tab == MEMBERS else ASSOCIATE
        return Delegation.country.in_([one.iso3 for one in OF_THE_COMMISSION.values() if one.status == status])
    if tab == STATES:
        return Delegation.is_state & Delegation.country.not_in(list(OF_THE_COMMISSION))
    return Delegation.is_state.is_(False) if tab == ORGANIZATIONS else true()


def something_against(sums: Subquery) -> ColumnElement[bool]:
    """The condition that two lead it, that it has more people than places, no head of several, or no letter."""
    return or_(
        sums.c.heads > 1,
        sums.c.people > Delegation.places,
        and_(Delegation.is_state, sums.c.people > 1, sums.c.heads == 0),
        and_(sums.c.unlettered > 0, ~covered(Delegation.id)),
    )


def conditions(look: Look, sums: Subquery) -> list[ColumnElement[bool]]:
    wanted = [in_tab(look.tab, sums)] if look.tab != ALL else []
    if look.q:
        named = countries_named(look.q)
        by_name = Delegation.folded_name.contains(folded(look.q), autoescape=True)
        by_name = by_name | Delegation.organization_id.in_(organizations_named(look.q))
        wanted.append(
            or_(by_name, Delegation.country.in_(named), takes_in(look.q)) if named else by_name | takes_in(look.q)
        )
    if look.letter:
        lacks = and_(sums.c.unlettered > 0, ~covered(Delegation.id))
        wanted.append(lacks if look.letter == MISSING else ~lacks)
    if look.accreditation:
        is_done = look.accreditation == ACCREDITED
        wanted.append(Delegation.accredited_at.is_not(None) if is_done else Delegation.accredited_at.is_(None))
    return wanted


def takes_in(words: str) -> ColumnElement[bool]:
    """The condition that one whose name has these words was merged into a delegation."""
    query = select(Delegation.merged_into_id).where(Delegation.merged_into_id.is_not(None))
    return Delegation.id.in_(query.where(Delegation.folded_name.contains(folded(words), autoescape=True)))


def order(look: Look, sums: Subquery) -> list[ColumnElement[int] | InstrumentedAttribute[str]]:
    by_rank: list[ColumnElement[int]] = [func.coalesce(sums.c.rank, 99)] if look.sort == PROTOCOL else []
    return [*by_rank, Delegation.folded_name]
