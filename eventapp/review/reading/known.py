"""Whom the people of a meeting came for: from its programme, its registrations and its floor lists. Three queries."""

from collections.abc import Iterable

from sqlalchemy import select

from eventapp.agenda.models import Session, SpeakingRole
from eventapp.floor.models import Statement
from eventapp.ground.db import db
from eventapp.ground.text.policy import folded
from eventapp.meetings.models import Category, Meeting
from eventapp.registration.models import Delegation, Registration
from eventapp.review.reading.delegations import Home, Known


def known_at(meeting: Meeting) -> Known:
    """Return whom the people of this meeting came for. A name that two share with different homes tells nothing."""
    registered = _registered(meeting)
    by_person = {person: home for person, _name, home in registered if person}
    roles = _roles(meeting)
    by_role = {number: _first(home, by_person.get(person or 0)) for number, person, _name, home in roles}
    named = [(name, by_role[number]) for number, _person, name, _home in roles]
    named += [(name, home) for _person, name, home in registered]
    return Known(by_role=by_role, by_name=_unique([*named, *_floor(meeting)]))


def _registered(meeting: Meeting) -> list[tuple[int | None, str, Home]]:
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
        .where(Registration.meeting_id == meeting.id)
        .order_by(Registration.id)
    )
    return [(person, name, Home(land, body, kind)) for person, name, land, body, kind in db.session.execute(query)]


def _roles(meeting: Meeting) -> list[tuple[int, int | None, str, Home]]:
    query = (
        select(
            SpeakingRole.id, SpeakingRole.person_id, SpeakingRole.name, SpeakingRole.country, SpeakingRole.organization
        )
        .join(SpeakingRole.session)
        .where(Session.meeting_id == meeting.id)
        .order_by(SpeakingRole.id)
    )
    return [(number, person, name, Home(land, body)) for number, person, name, land, body in db.session.execute(query)]


def _floor(meeting: Meeting) -> list[tuple[str, Home]]:
    query = (
        select(Statement.name, Statement.country, Statement.organization, Category.stakeholder_type)
        .join(Statement.session)
        .outerjoin(Category, Category.id == Statement.category_id)
        .where(Session.meeting_id == meeting.id)
        .order_by(Statement.id)
    )
    return [(name, Home(land, body, kind or "")) for name, land, body, kind in db.session.execute(query)]


def _first(home: Home, other: Home | None) -> Home:
    """Return what the programme says, and where it says nothing what the registration does."""
    if other is None:
        return home
    return Home(home.country or other.country, home.organization or other.organization, home.kind or other.kind)


def _unique(named: Iterable[tuple[str, Home]]) -> dict[str, Home]:
    """Return the home of each name; of a name whose homes are in different countries, none."""
    found: dict[str, Home] = {}
    for name, home in named:
        before = found.get(folded(name))
        if before and before.country and home.country and before.country != home.country:
            found[folded(name)] = Home()
        else:
            found[folded(name)] = _first(before, home) if before else home
    found.pop("", None)
    return found
