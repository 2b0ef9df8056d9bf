"""Who came: how many were let in, which States, and who stands in the list."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import joinedload

from eventapp.checkin.models import WELCOME, Gate, Scan
from eventapp.checkin.queries import count_of, present_for_the_world
from eventapp.ground.db import db
from eventapp.meetings.models import Category, Meeting
from eventapp.record.summaries.attendance import LEAST
from eventapp.registration.models import APPROVED as REGISTERED
from eventapp.registration.models import Delegation, Registration
from eventapp.vocabulary.protocol import alphabetical

STANDINGS = ("member", "associate", "state")  # what the category of a State's people stands for


@dataclass(frozen=True)
class Attendance:
    """Who was let in at the meeting's doors: how many people, which States, and whether a list of names is annexed.

    `has_door` says whether anybody was let in here at all: of a meeting out of a package they were counted elsewhere.
    """

    people: int
    states: Mapping[str, tuple[str, ...]]  # by what the category stands for: member, associate, state
    has_list: bool
    has_door: bool = True


def attendance(meeting: Meeting) -> Attendance:
    """Count everybody who was let in at a door, once each; as anyone reads it already, once it was counted for all.

    Fewer than LEAST are told of as nobody, for what is compiled of them is published.
    """
    came = _let_in(meeting)
    count = count_of(meeting)
    present = present_for_the_world(meeting)[0] if count else 0
    here = present or db.session.scalar(select(func.count()).select_from(came.subquery())) or 0
    people = present if count or here < LEAST else here
    return Attendance(people, _states_among(came), lists_anybody(meeting), has_door=here > 0)


def _states_among(came: Select[int | None]) -> dict[str, tuple[str, ...]]:
    """Which States came, each once: as a member, as an associate member, or as any other."""
    query = (
        select(Delegation.name, Category.represents)
        .join(Registration, Registration.delegation_id == Delegation.id)
        .join(Category, Registration.category_id == Category.id)
        .where(Delegation.is_state, Registration.id.in_(came))
    )
    found: dict[str, set[str]] = {standing: set() for standing in STANDINGS}
    for name, represents in db.session.execute(query):
        found.get(represents, found["state"]).add(name)
    found["state"] -= found["member"] | found["associate"]
    return {standing: tuple(sorted(names, key=alphabetical)) for standing, names in found.items() if names}


def present_by_kind(meeting: Meeting) -> list[tuple[tuple[str, ...], int]]:
    """How many came, by the stakeholder types that are counted together, or by none: all.

    No number but those anyone may read.
    """
    people, groups = present_for_the_world(meeting)
    counted = [(tuple(codes), number) for codes, number in groups]
    return counted or ([((), people)] if people else [])


def _let_in(meeting: Meeting) -> Select[int | None]:
    return (
        select(Scan.registration_id)
        .join(Scan.gate)
        .where(
            Gate.meeting_id == meeting.id,
            Scan.verdict == WELCOME,
            Scan.undone_at.is_(None),
            Scan.registration_id.is_not(None),
        )
        .distinct()
    )


def listed_people(meeting: Meeting) -> list[Registration]:
    """The registered participants who agreed to stand in the list."""
    query = (
        select(Registration)
        .where(*_listed(meeting))
        .options(joinedload(Registration.category), joinedload(Registration.delegation))
    )
    return list(db.session.scalars(query))


def listed_numbers(meeting: Meeting) -> set[int]:
    """Their numbers alone: of 20,000 people no row is read whole."""
    return set(db.session.scalars(select(Registration.id).where(*_listed(meeting))))


def lists_anybody(meeting: Meeting) -> bool:
    """Whether anybody agreed to stand in the list of participants."""
    return db.session.scalar(select(Registration.id).where(*_listed(meeting)).limit(1)) is not None


def _listed(meeting: Meeting) -> tuple[ColumnElement[bool], ...]:
    return Registration.meeting_id == meeting.id, Registration.state == REGISTERED, Registration.lists_name.is_(True)
