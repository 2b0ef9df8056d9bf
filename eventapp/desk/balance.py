"""From asked to cited: how many people of each kind came how far."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from eventapp.agenda.models import CONFIRMED, Session, SpeakingRole
from eventapp.checkin.models import WELCOME, Gate, Scan
from eventapp.db import db
from eventapp.floor.queries import spoken
from eventapp.meetings.models import Category, Meeting
from eventapp.outcomes.models import Revision
from eventapp.registration.models import APPROVED, LAPSED, UNCONFIRMED, Registration
from eventapp.review.models import Chapter, Evidence, Paragraph, Report
from eventapp.vocabulary.countries import MEMBERS, SUBREGIONS
from eventapp.vocabulary.participants import STAKEHOLDER_TYPES
from eventapp.words import _, _l

STAGES = {
    "asked": _l("Asked"),
    "confirmed": _l("Confirmed"),
    "approved": _l("Approved"),
    "present": _l("Present"),
    "spoke": _l("Spoke"),
    "cited": _l("Cited"),
}
HEARD = ("spoke", "cited")
SILENT = ("rapporteur", "interpreter")
GENDERS = {"woman": _l("Women"), "man": _l("Men"), "": _l("Other or not stated")}
OUTSIDE = "Outside the region"


@dataclass(frozen=True)
class Group:
    """One row of the table: how many of these people came to each stage."""

    label: str
    counts: Mapping[str, int]


@dataclass(frozen=True)
class Balance:
    """The table: its groups, the total, and the number a full bar stands for."""

    groups: tuple[Group, ...]
    total: Group

    @property
    def top(self) -> int:
        """The largest number of any group, at any stage."""
        return max((count for group in self.groups for count in group.counts.values()), default=0)


Person = Row[Any]  # id, person_id, state, gender, country, stakeholder_type


def balance(meeting: Meeting, by: str, *, at: datetime) -> Balance:
    """Count the people of the meeting by stakeholder, subregion or gender; five queries, whatever their number."""
    key, labels = KEYS[by]
    people = _people(meeting)
    reached = _reached(meeting, people, at)
    groups = {code: Counter[str]() for code in labels}
    for person in people:
        code = key(person)
        counted = groups[code if code in groups else list(groups)[-1]]
        counted.update(stage for stage, ids in reached.items() if person.id in ids)
    rows = [Group(str(labels[code]), _all_stages(counts)) for code, counts in groups.items() if counts]
    total = Counter({stage: len(ids) for stage, ids in reached.items()})
    return Balance(tuple(rows), Group(_("All"), _all_stages(total)))


def _all_stages(counts: Mapping[str, int]) -> dict[str, int]:
    return {stage: counts.get(stage, 0) for stage in STAGES}


def _people(meeting: Meeting) -> list[Person]:
    query = (
        select(
            Registration.id,
            Registration.person_id,
            Registration.state,
            Registration.gender,
            Registration.country,
            Category.stakeholder_type,
        )
        .join(Category, Registration.category_id == Category.id)
        .where(Registration.meeting_id == meeting.id)
    )
    return list(db.session.execute(query))


def _reached(meeting: Meeting, people: list[Person], at: datetime) -> dict[str, set[int]]:
    spoke, cited = _spoke(meeting, at) | spoken(meeting).people, _cited(meeting)
    return {
        "asked": {one.id for one in people},
        "confirmed": {one.id for one in people if one.state not in (UNCONFIRMED, LAPSED)},
        "approved": {one.id for one in people if one.state == APPROVED},
        "present": present(meeting),
        "spoke": {one.id for one in people if one.person_id in spoke},
        "cited": {one.id for one in people if one.person_id in cited},
    }


def present(meeting: Meeting) -> set[int]:
    """The registrations whose badge was let in at a gate of the meeting."""
    query = (
        select(Scan.registration_id)
        .join(Gate, Scan.gate_id == Gate.id)
        .where(Gate.meeting_id == meeting.id, Scan.verdict == WELCOME, Scan.undone_at.is_(None))
    )
    return {one for one in db.session.scalars(query) if one is not None}


def _spoke(meeting: Meeting, at: datetime) -> set[int | None]:
    """Who had a part, other than writing or interpreting, in a session that has begun; others are on a floor list."""
    query = (
        select(SpeakingRole.person_id)
        .join(Session, SpeakingRole.session_id == Session.id)
        .where(
            Session.meeting_id == meeting.id,
            Session.cancelled_at.is_(None),
            Session.starts_at <= at,
            SpeakingRole.person_id.is_not(None),
            SpeakingRole.ended_at.is_(None),
            SpeakingRole.state == CONFIRMED,
            SpeakingRole.role.not_in(SILENT),
        )
    )
    return set(db.session.scalars(query))


def _cited(meeting: Meeting) -> set[int | None]:
    """Whose words a paragraph of a report rests on."""
    query = (
        select(SpeakingRole.person_id)
        .join(Revision, Revision.role_id == SpeakingRole.id)
        .join(Evidence, Evidence.revision_id == Revision.id)
        .join(Paragraph, Evidence.paragraph_id == Paragraph.id)
        .join(Chapter, Paragraph.chapter_id == Chapter.id)
        .join(Report, Chapter.report_id == Report.id)
        .where(Report.meeting_id == meeting.id, Paragraph.removed_at.is_(None), SpeakingRole.person_id.is_not(None))
    )
    return set(db.session.scalars(query))


def _subregion(person: Person) -> str:
    member = MEMBERS.get(person.country)
    return member.subregion if member else OUTSIDE if person.country else ""


Key = Callable[[Person], str]
KEYS: dict[str, tuple[Key, dict[str, Any]]] = {
    "stakeholder": (
        lambda person: str(person.stakeholder_type),
        {code: term.words for code, term in STAKEHOLDER_TYPES.items()},
    ),
    "subregion": (
        _subregion,
        {**{code: term.words for code, term in SUBREGIONS.items()}, "": _l("No country stated")},
    ),
    "gender": (lambda person: str(person.gender), dict(GENDERS)),
}


@dataclass(frozen=True)
class Share:
    """Women at one stage: their share in per cent, and the base. `x` and `y` are where the chart draws it."""

    label: str
    women: int
    people: int
    x: int
    y: float

    @property
    def percent(self) -> int:
        """The share in whole per cent."""
        return round(100 * self.women / self.people)


@dataclass(frozen=True)
class Chart:
    """The share of women at each stage that anybody has reached, with the lines of its scale as (y, per cent)."""

    shares: tuple[Share, ...]
    scale: tuple[tuple[float, int], ...]


LEFT, STEP, FLOOR, HEIGHT, HALF, HIGH = 50, 110, 150, 120, 50, 60


def women(by_gender: Balance) -> Chart | None:
    """The chart of women's share; None while nobody has said, or fewer than two stages are reached."""
    counted = next((group.counts for group in by_gender.groups if group.label == str(GENDERS["woman"])), None)
    reached = [(stage, people) for stage, people in by_gender.total.counts.items() if people]
    if counted is None or len(reached) < 2:  # noqa: PLR2004 -- a line has two ends
        return None
    highest = max(100 * counted[stage] / people for stage, people in reached)
    top = HALF if highest <= HIGH else 2 * HALF
    places = list(STAGES)
    shares = tuple(
        Share(
            label=str(STAGES[stage]),
            women=counted[stage],
            people=people,
            x=LEFT + STEP * places.index(stage),
            y=height(100 * counted[stage] / people, top),
        )
        for stage, people in reached
    )
    return Chart(shares, tuple((height(mark, top), mark) for mark in (0, top // 2, top)))


def height(percent: float, top: int) -> float:
    """Where on the chart this share is, when `top` is at its upper line."""
    return round(FLOOR - percent / top * HEIGHT, 1)
