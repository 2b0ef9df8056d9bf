"""How many were in the room, from the door: for the record in full, for the world only in groups of five and more."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from eventapp.agenda.models import Session
from eventapp.checkin.models import Gate, Scan
from eventapp.checkin.told import admitted
from eventapp.db import Record, db
from eventapp.meetings.models import Category, Meeting
from eventapp.registration.models import Registration
from eventapp.words import _l

LEAST = 5
GENDERS = {"woman": _l("Women"), "man": _l("Men"), "": _l("Other or not stated")}


@dataclass(frozen=True)
class Attendance:
    """Different people whom the doors of a session let in, as counts: category code -> people, gender -> people."""

    people: int
    categories: Mapping[str, int]
    genders: Mapping[str, int]


def attendance(session: Session) -> Attendance | None:
    """Who came, None where the session had no door of its own that counted."""
    query = (
        select(Registration.id, Category.code, Registration.gender)
        .join(Scan, Scan.registration_id == Registration.id)
        .join(Gate, Gate.id == Scan.gate_id)
        .join(Category, Category.id == Registration.category_id)
        .where(Gate.session_id == session.id, *admitted())
        .distinct()
    )
    rows = db.session.execute(query).all()
    if not rows:
        return None
    genders = Counter(gender if gender in GENDERS else "" for _id, _code, gender in rows)
    return Attendance(len(rows), Counter(code for _id, code, _gender in rows), genders)


def groups(counts: Mapping[str, int]) -> list[tuple[list[str], int]]:
    """The same people in groups of at least five, the largest first; empty where that is no division at all.

    A group under five is put together with the other small ones, and with the next smallest until five are together.
    Every person is in one of the groups shown, so no sum, no total and no difference of both tells of fewer than five.
    """
    by_size = sorted(((count, code) for code, count in counts.items() if count), key=lambda one: (one[0], one[1]))
    small = [one for one in by_size if one[0] < LEAST]
    rest = by_size[len(small) :]
    while small and sum(count for count, _code in small) < LEAST and rest:
        small.append(rest.pop(0))
    shown = [([code], count) for count, code in rest]
    if small:
        shown.append(([code for _count, code in reversed(small)], sum(count for count, _code in small)))
    if len(shown) < 2 and (small or not shown):  # noqa: PLR2004 -- one heap of everybody divides nothing
        return []
    return sorted(shown, key=lambda one: -one[1])


def for_the_world(came: Attendance | None) -> Record | None:
    """What may be published of it, as JSON keeps it; None where fewer than five came, or nobody counted."""
    if came is None or came.people < LEAST:
        return None
    return {"people": came.people, "categories": groups(came.categories), "genders": groups(came.genders)}


@dataclass(frozen=True)
class Came:
    """What was published of an attendance, in the reader's words: groups with how many they were."""

    people: int
    categories: list[tuple[str, int]]
    genders: list[tuple[str, int]]

    @classmethod
    def of(cls, kept: Record | None, meeting: Meeting) -> "Came | None":
        """The same that JSON keeps; small groups that were put together are named together."""
        if not kept:
            return None
        query = select(Category.code, Category.name).where(Category.meeting_id == meeting.id)
        names = dict(db.session.execute(query).all())
        return cls(kept["people"], labelled(kept["categories"], names), labelled(kept["genders"], GENDERS))


def labelled(shown: list[Any], names: Mapping[str, Any]) -> list[tuple[str, int]]:
    return [("; ".join(str(names.get(code, code)) for code in codes), count) for codes, count in shown]
