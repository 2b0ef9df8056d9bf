"""From nominated to cited: how many people of each kind came how far."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from sqlalchemy import select

from eventapp.agenda.models import CONFIRMED, Session, SpeakingRole
from eventapp.balance.counting.breakdowns import AND, BREAKDOWNS, Person
from eventapp.balance.models import Nominee
from eventapp.balance.nominated import Asked, Listed, registered_as
from eventapp.checkin.models import WELCOME, Gate, Scan
from eventapp.floor.queries import spoken
from eventapp.ground.db import db
from eventapp.ground.text.i18n import _, _l
from eventapp.ground.text.policy import folded
from eventapp.meetings.models import Category, Meeting
from eventapp.record.notes.models import Revision
from eventapp.registration.models import APPROVED, LAPSED, LETTER, UNCONFIRMED, Delegation, Registration, Upload
from eventapp.review.reports.models import Chapter, Evidence, Paragraph, Report

# Nominated: on the list of nominees, or with a letter of nomination; without such a list, whoever asked to come.
# Registered: the address was confirmed.
STAGES = {
    "nominated": _l("Nominated"),
    "registered": _l("Registered"),
    "approved": _l("Approved"),
    "present": _l("Present"),
    "spoke": _l("Spoke"),
    "cited": _l("Cited"),
}
PRESENT = "present"  # a report says how many came: this stage is told before all others
HEARD = ("spoke", "cited")
HOLDING = ("nominated", "registered", "approved")  # whoever stands in the list of participants has a place
SILENT = ("rapporteur", "interpreter", "coordinator")
LISTED = "listed"  # the state of a nominee who has not asked to come


@dataclass(frozen=True)
class Group:
    """One row of the table: how many of these people came to each stage."""

    code: str
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


@dataclass(frozen=True)
class Counted:
    """Everybody who was put forward for a meeting, and who of them came to each stage."""

    people: tuple[Person, ...]
    reached: Mapping[str, set[int]]

    @property
    def totals(self) -> dict[str, int]:
        """How many came to each stage."""
        return {stage: len(ids) for stage, ids in self.reached.items()}

    @cached_property
    def alike(self) -> list[tuple[Person, tuple[str, ...], int]]:
        """One of each kind of people whom no breakdown tells apart, the stages they came to, and how many they are."""
        came = dict.fromkeys((person.id for person in self.people), 0)  # a bit for each stage
        for place, ids in enumerate(self.reached.values()):
            for one in ids & came.keys():
                came[one] |= 1 << place
        keys = [(one.gender, one.country, one.stakeholder_type, came[one.id]) for one in self.people]
        first = dict(zip(reversed(keys), reversed(self.people), strict=True))
        return [(first[key], self._stages(key[-1]), number) for key, number in Counter(keys).items()]

    def _stages(self, came: int) -> tuple[str, ...]:
        return tuple(stage for place, stage in enumerate(self.reached) if came >> place & 1)

    def by(self, name: str, *, apart: bool = False) -> Balance:
        """Count by stakeholder, subregion, countries or gender. A person may be in several groups, unless `apart`:
        then whoever is in two is in a group of both.
        """
        breakdown = BREAKDOWNS[name]
        counts = {code: Counter[str]() for code in breakdown.labels}
        for person, stages, number in self.alike:
            groups = breakdown.groups_of(person)
            for code in (AND.join(groups),) if apart else groups:
                counts.setdefault(code, Counter()).update(dict.fromkeys(stages, number))
        rows = (Group(code, breakdown.label_of(code), _all_stages(found)) for code, found in counts.items() if found)
        return Balance(tuple(rows), Group("", _("All"), _all_stages(self.totals)))

    def behind(self, stage: str, name: str = "", group: str = "") -> list[int]:
        """The registrations behind one number: of a group of a breakdown, or of everybody."""
        reached = self.reached[stage]
        groups_of = BREAKDOWNS[name].groups_of if name else (lambda _person: ("",))
        return [one.id for one in self.people if one.id in reached and group in groups_of(one)]


class Kinds:
    """The people of a meeting who have one of these registrations, by what breakdowns ask of them."""

    def __init__(self, people: Iterable[Person], ids: Collection[int]) -> None:
        here = [one for one in people if one.id in ids]
        keys = [(one.gender, one.country, one.stakeholder_type) for one in here]
        self.first, self.many = dict(zip(keys, here, strict=True)), Counter(keys)

    def by(self, name: str) -> Mapping[str, int]:
        """How many are in each group of this breakdown; whoever is in two is in a group of both."""
        groups_of, found = BREAKDOWNS[name].groups_of, Counter[str]()
        for key, number in self.many.items():
            found[AND.join(groups_of(self.first[key]))] += number
        return found


def everybody(meeting: Meeting, *, at: datetime) -> Counted:
    """Everybody of this meeting and how far they came; six queries, three more with a list, whatever their number."""
    people, listed = registered_people(meeting), _nominees(meeting)
    if not listed:
        return Counted(tuple(people), _reached(meeting, people, at))
    asked = registered_as(listed, _names(meeting))
    others = [_counted(one) for one in listed if one.id not in asked]
    nominated = {*asked.values(), *_with_letter(meeting), *(one.id for one in others)}
    return Counted((*people, *others), {**_reached(meeting, people, at), "nominated": nominated})


def _all_stages(counts: Mapping[str, int]) -> dict[str, int]:
    return {stage: counts.get(stage, 0) for stage in STAGES}


def registered_people(meeting: Meeting) -> list[Person]:
    """Everybody who is registered; whoever only accompanies somebody takes no part, and is not counted."""
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
        .where(Registration.meeting_id == meeting.id, Registration.brought_by_id.is_(None))
    )
    return list(map(Person._make, db.session.connection().execute(query)))


def _nominees(meeting: Meeting) -> list[Listed]:
    query = select(Nominee.id, Nominee.key, Nominee.country, Nominee.gender, Nominee.stakeholder_type)
    rows = db.session.connection().execute(query.where(Nominee.meeting_id == meeting.id).order_by(Nominee.id))
    return list(map(Listed._make, rows))


def _counted(one: Listed) -> Person:
    return Person(-one.id, None, LISTED, one.gender, one.country, one.stakeholder_type)


def _names(meeting: Meeting) -> list[Asked]:
    """What each registration is known by on a list of nominees."""
    name = Registration.given_name + " " + Registration.family_name
    called = select(Delegation.id, Delegation.name).where(Delegation.meeting_id == meeting.id)
    delegations = {number: folded(words) for number, words in db.session.execute(called)}
    query = select(Registration.id, name, Registration.delegation_id, Registration.country)
    rows = db.session.connection().execute(query.where(Registration.meeting_id == meeting.id))
    return [(number, words, delegations[sender], country) for number, words, sender, country in rows]


def _with_letter(meeting: Meeting) -> set[int]:
    """The registrations that a letter of nomination goes with."""
    query = select(Upload.registration_id).join(Upload.registration)
    here = query.where(Registration.meeting_id == meeting.id, Upload.kind == LETTER, Upload.replaced_at.is_(None))
    return set(db.session.scalars(here))


def _reached(meeting: Meeting, people: list[Person], at: datetime) -> dict[str, set[int]]:
    """Return who came to each stage, as numbers of registrations."""
    spoke, cited = _spoke(meeting, at) | spoken(meeting).people, _cited(meeting)
    return {
        "nominated": {one.id for one in people},
        "registered": {one.id for one in people if one.state not in (UNCONFIRMED, LAPSED)},
        "approved": {one.id for one in people if one.state == APPROVED},
        "present": present(meeting) & {one.id for one in people},
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
    is_cited = (
        select(Evidence.id)
        .join(Revision, Evidence.revision_id == Revision.id)
        .join(Paragraph, Evidence.paragraph_id == Paragraph.id)
        .join(Chapter, Paragraph.chapter_id == Chapter.id)
        .join(Report, Chapter.report_id == Report.id)
        .where(Revision.role_id == SpeakingRole.id, Paragraph.removed_at.is_(None), Report.meeting_id == meeting.id)
        .exists()
    )
    query = select(SpeakingRole.person_id).join(Session, SpeakingRole.session_id == Session.id).distinct()
    here = Session.meeting_id == meeting.id, SpeakingRole.person_id.is_not(None)
    return set(db.session.scalars(query.where(*here, is_cited)))
