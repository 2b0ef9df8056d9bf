"""How many were in the room, from the door: for the record in full, for the world only in groups of five and more.

What the world reads is held against the balance of the meeting, which is counted first: whoever was in a room was at
the meeting, so that the number of one taken from the number of the other is a group as well
(`docs/decisions/0014-counted-once.md`).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from eventapp.agenda.models import Session
from eventapp.checkin.labels import admitted, admitted_by
from eventapp.checkin.models import Gate, Scan
from eventapp.ground.db import db
from eventapp.ground.db.types import Record
from eventapp.ground.text.i18n import _l
from eventapp.meetings.models import Category, Meeting
from eventapp.registration.models import Registration
from eventapp.vocabulary.participants import STAKEHOLDER_TYPES

LEAST = 5
PRESENT = "present"  # the stage of the balance that tells who came to the meeting
GENDERS = {"woman": _l("Women"), "man": _l("Men"), "": _l("Other or not stated")}
Groups = list[tuple[list[str], int]]


@dataclass(frozen=True)
class Attendance:
    """Different people whom the doors of a session let in, as counts: stakeholder type -> people, gender -> people."""

    people: int
    kinds: Mapping[str, int]
    genders: Mapping[str, int]


def attendance(session: Session, by: datetime | None = None) -> Attendance | None:
    """Who came, as it is known now or was known by a moment; None where the session had no door that counted them."""
    query = (
        select(Registration.id, Category.stakeholder_type, Registration.gender)
        .join(Scan, Scan.registration_id == Registration.id)
        .join(Gate, Gate.id == Scan.gate_id)
        .join(Category, Category.id == Registration.category_id)
        .where(Gate.session_id == session.id, *(admitted_by(by) if by else admitted()))
        .distinct()
    )
    rows = db.session.execute(query).all()
    if not rows:
        return None
    kinds = Counter(kind if kind in STAKEHOLDER_TYPES else list(STAKEHOLDER_TYPES)[-1] for _id, kind, _gender in rows)
    genders = Counter(gender if gender in GENDERS else "" for _id, _kind, gender in rows)
    return Attendance(len(rows), kinds, genders)


def for_the_world(came: Attendance | None, balance: Record) -> Record | None:
    """What may be published of it beside this balance, as JSON keeps it; None where even the total tells too much."""
    present = balance["totals"].get(PRESENT, 0)
    if came is None or is_revealing(present, came.people):
        return None
    at_the_meeting = {name: shown.get(PRESENT, []) for name, shown in balance["breakdowns"].items()}
    return {
        "people": came.people,
        "categories": groups(came.kinds, at_the_meeting.get("stakeholder", [])),
        "genders": groups(came.genders, at_the_meeting.get("gender", [])),
    }


def groups(counts: Mapping[str, int], at_the_meeting: Sequence[tuple[list[str], int]]) -> Groups:
    """The same people in groups, the largest first; empty where that is no division at all.

    It begins with the groups that the balance counts, and puts two together until in each of them five people or more
    were in the room, and five or more, or nobody, were at the meeting and elsewhere.
    """
    found = [(list(codes), people, sum(counts.get(code, 0) for code in codes)) for codes, people in at_the_meeting]
    while telling := [one for one in found if is_revealing(one[1], one[2])]:
        one = min(telling, key=size)
        other = min((each for each in found if each is not one), key=size, default=None)
        if other is None:
            return []
        together = ([*other[0], *one[0]], other[1] + one[1], other[2] + one[2])
        found = [each for each in found if each is not one and each is not other] + [together]
    if len(found) < 2:  # noqa: PLR2004 -- one heap of everybody divides nothing
        return []
    return sorted(((codes, came) for codes, _people, came in found), key=lambda one: -one[1])


def size(group: tuple[list[str], int, int]) -> tuple[int, list[str]]:
    return group[2], group[0]


def is_revealing(at_the_meeting: int, here: int) -> bool:
    """Whether such a number tells of one to four people: of those who were here, or of those who were not."""
    return here < LEAST or here > at_the_meeting or 0 < at_the_meeting - here < LEAST


@dataclass(frozen=True)
class Came:
    """What was published of an attendance, in the reader's words: groups with how many they were."""

    people: int
    categories: list[tuple[str, int]]
    genders: list[tuple[str, int]]

    @classmethod
    def of(cls, content: Record | None, meeting: Meeting) -> "Came | None":
        """The same that JSON keeps; small groups that were put together are named together."""
        return cls.read(content, group_names(meeting)) if content else None

    @classmethod
    def read(cls, content: Record | None, names: Mapping[str, object]) -> "Came | None":
        """The same where the names of the groups are known already."""
        if not content:
            return None
        return cls(content["people"], labelled(content["categories"], names), labelled(content["genders"], GENDERS))


def group_names(meeting: Meeting) -> Record:
    """What the groups of an attendance at this meeting are called, by their codes."""
    query = select(Category.code, Category.name).where(Category.meeting_id == meeting.id)
    earlier = dict(db.session.execute(query).all())  # kept before it was held against the balance
    return {**earlier, **{code: term.words for code, term in STAKEHOLDER_TYPES.items()}}


def labelled(shown: list[tuple[list[str], int]], names: Mapping[str, object]) -> list[tuple[str, int]]:
    return [("; ".join(str(names.get(code, code)) for code in codes), count) for codes, count in shown]
