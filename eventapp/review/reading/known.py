"""Whom people came for: from the programme of their meeting, its registrations and its floor lists. Three queries."""

from collections.abc import Callable, Collection, Iterable

from sqlalchemy import ColumnElement, LargeBinary, cast, func, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute

from eventapp.agenda.models import Session, SpeakingRole
from eventapp.floor.models import Statement
from eventapp.ground.db import db
from eventapp.ground.text.policy import folded
from eventapp.meetings.models import Category, Meeting
from eventapp.registration.models import Delegation, Registration
from eventapp.review.reading.delegations import Home, Known

MANY = 300  # names: then all are read, for to compare each with so many takes as long
NOT_ASCII = "[^ -~]"
Named = Callable[[InstrumentedAttribute[str]], ColumnElement[bool]]


def known_at(meeting: Meeting, roles: Collection[int], speakers: Iterable[str]) -> Known:
    """Return whom those on the programme by these numbers, and those of these names, came for.

    A name that two share with different homes tells nothing.
    """
    names = {folded(one) for one in speakers} - {""}
    named = _named(names)
    parts = _roles(meeting, roles, named)
    people = {person for _number, person, _name, _home in parts if person}
    registered = _registered(meeting, people, named)
    by_person = {person: home for person, _name, home in registered if person}
    by_role = {number: _first(home, by_person.get(person or 0)) for number, person, _name, home in parts}
    found = [(name, by_role[number]) for number, _person, name, _home in parts]
    found += [(name, home) for _person, name, home in registered]
    return Known(by_role=by_role, by_name=_unique([*found, *_floor(meeting, named)], names))


def _named(names: Collection[str]) -> Named:
    """Return what asks for rows that may have one of these names: the database folds only ASCII as we do."""
    if len(names) > MANY:
        return lambda _column: true()
    return lambda column: or_(func.lower(column).in_(names), _has_more_than_ascii(column))


def _has_more_than_ascii(column: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    """Ask for what is not ASCII alone: in SQLite by the number of its bytes.

    SQLite reads a regular expression in Python, once for each row, and GLOB tries each letter of each name.
    """
    if db.engine.dialect.name == "sqlite":
        return func.length(cast(column, LargeBinary)) > func.length(column)
    return column.regexp_match(NOT_ASCII)


def _registered(meeting: Meeting, people: Collection[int], named: Named) -> list[tuple[int | None, str, Home]]:
    theirs = Registration.person_id.in_(people) if len(people) <= MANY else Registration.person_id.is_not(None)
    query = (
        select(
            Registration.person_id,
            Registration.record_name,
            Delegation.country,
            Delegation.name,
            Category.stakeholder_type,
        )
        .join(Category, Category.id == Registration.category_id)
        .join(Delegation, Delegation.id == Registration.delegation_id)
        .where(Registration.meeting_id == meeting.id, or_(theirs, named(Registration.record_name)))
        .order_by(Registration.id)
    )
    return [(person, name, Home(land, body, kind)) for person, name, land, body, kind in db.session.execute(query)]


def _roles(meeting: Meeting, roles: Collection[int], named: Named) -> list[tuple[int, int | None, str, Home]]:
    theirs = SpeakingRole.id.in_(roles) if len(roles) <= MANY else true()
    query = (
        select(
            SpeakingRole.id, SpeakingRole.person_id, SpeakingRole.name, SpeakingRole.country, SpeakingRole.organization
        )
        .join(SpeakingRole.session)
        .where(Session.meeting_id == meeting.id, or_(theirs, named(SpeakingRole.name)))
        .order_by(SpeakingRole.id)
    )
    return [(number, person, name, Home(land, body)) for number, person, name, land, body in db.session.execute(query)]


def _floor(meeting: Meeting, named: Named) -> list[tuple[str, Home]]:
    query = (
        select(Statement.name, Statement.country, Statement.organization, Category.stakeholder_type)
        .join(Statement.session)
        .outerjoin(Category, Category.id == Statement.category_id)
        .where(Session.meeting_id == meeting.id, named(Statement.name))
        .order_by(Statement.id)
    )
    return [(name, Home(land, body, kind or "")) for name, land, body, kind in db.session.execute(query)]


def _first(home: Home, other: Home | None) -> Home:
    """Return what the programme says, and where it says nothing what the registration does."""
    if other is None:
        return home
    return Home(home.country or other.country, home.organization or other.organization, home.kind or other.kind)


def _unique(named: Iterable[tuple[str, Home]], names: Collection[str]) -> dict[str, Home]:
    """Return the home of each of these names; of a name whose homes are in different countries, none."""
    found: dict[str, Home] = {}
    shared = set[str]()
    for written, home in named:
        name = folded(written)
        before = found.get(name)
        if name not in names or name in shared:
            continue
        if before and before.country and home.country and before.country != home.country:
            shared.add(name)
            found[name] = Home()
        else:
            found[name] = _first(before, home) if before else home
    return found
