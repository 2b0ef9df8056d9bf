"""From nominated to cited: how many people of each kind came how far."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, literal, select, union_all

from eventapp.balance.counting.breakdowns import AND, BREAKDOWNS, Kind
from eventapp.balance.counting.matching import matched, only_listed, takes_part
from eventapp.balance.counting.reaching import has_nominees, reaching
from eventapp.balance.models import Nominee
from eventapp.ground.db import db
from eventapp.ground.db.types import Query
from eventapp.ground.text.i18n import _, _l
from eventapp.meetings.models import Category, Meeting
from eventapp.meetings.retention.models import GenderCount
from eventapp.meetings.retention.queries import gender_count_of
from eventapp.registration.models import Registration

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
NOMINATED = "nominated"
PRESENT = "present"  # a report says how many came: this stage is told before all others
HEARD = ("spoke", "cited")
HOLDING = ("nominated", "registered", "approved")  # whoever stands in the list of participants has a place


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
    """Everybody who was put forward for a meeting: of each kind and the stages they came to, how many they are."""

    alike: tuple[tuple[Kind, tuple[str, ...], int], ...]
    gender_count: GenderCount | None = None  # of women and men, where the gender of people is deleted, or about to be

    @property
    def totals(self) -> dict[str, int]:
        """How many came to each stage."""
        found = Counter[str]()
        for _kind, stages, number in self.alike:
            found.update(dict.fromkeys(stages, number))
        return _all_stages(found)

    def by(self, name: str, *, apart: bool = False) -> Balance:
        """Count by stakeholder, subregion, countries or gender. A person may be in several groups, unless `apart`:
        then whoever is in two is in a group of both.
        """
        if name == "gender" and self.gender_count:
            return self._by_gender_count(self.gender_count.counts)
        breakdown = BREAKDOWNS[name]
        counts = {code: Counter[str]() for code in breakdown.labels}
        for kind, stages, number in self.alike:
            groups = breakdown.groups_of(kind)
            for code in (AND.join(groups),) if apart else groups:
                counts.setdefault(code, Counter()).update(dict.fromkeys(stages, number))
        rows = (Group(code, breakdown.label_of(code), _all_stages(found)) for code, found in counts.items() if found)
        return Balance(tuple(rows), Group("", _("All"), self.totals))

    def _by_gender_count(self, counts: Mapping[str, Mapping[str, int]]) -> Balance:
        """By gender as it was counted; whoever is beyond that counts as others do who state nothing."""
        totals, labels = self.totals, BREAKDOWNS["gender"]
        others = {
            stage: max(number - sum(one[stage] for one in counts.values()), 0) for stage, number in totals.items()
        }
        rows = (Group(code, labels.label_of(code), found) for code, found in {**counts, "": others}.items())
        return Balance(tuple(row for row in rows if any(row.counts.values())), Group("", _("All"), totals))


class Kinds:
    """The people of a meeting who have one of these registrations, by what breakdowns ask of them."""

    def __init__(self, people: Iterable[tuple[int, Kind]], ids: Collection[int]) -> None:
        self.many = Counter(kind for number, kind in people if number in ids)

    def by(self, name: str) -> Mapping[str, int]:
        """How many are in each group of this breakdown; whoever is in two is in a group of both."""
        breakdown, found = BREAKDOWNS[name], Counter[str]()
        for kind, number in self.many.items():
            found[AND.join(breakdown.groups_of(kind))] += number
        return found


def everybody(meeting: Meeting, *, at: datetime) -> Counted:
    """Everybody of this meeting and how far they came, counted by the database in three queries."""
    pairs = matched(meeting) if has_nominees(meeting) else None
    came = [case((fact, 1 << place), else_=0) for place, fact in enumerate(reaching(meeting, pairs, at=at).values())]
    parts = [_registered(meeting).add_columns(sum(came, literal(0)).label("came"))]
    if pairs is not None:
        kind = select(Nominee.gender, Nominee.country, Nominee.stakeholder_type, literal(1).label("came"))
        parts.append(kind.where(*only_listed(meeting, pairs)))
    one = union_all(*parts).subquery()
    rows = db.session.execute(select(*one.c, func.count()).group_by(*one.c).order_by(*one.c))
    alike = tuple((Kind(*kind), _stages(places), number) for *kind, places, number in rows)
    return Counted(alike, gender_count_of(meeting))


def registered_people(meeting: Meeting) -> list[tuple[int, Kind]]:
    """Everybody who is registered, by number; whoever only accompanies somebody takes no part, and is not counted."""
    rows = db.session.connection().execute(_registered(meeting).add_columns(Registration.id))
    return [(number, Kind(*kind)) for *kind, number in rows]


def _registered(meeting: Meeting) -> Query:
    query = select(Registration.gender, Registration.country, Category.stakeholder_type)
    query = query.join(Category, Registration.category_id == Category.id)
    return query.where(Registration.meeting_id == meeting.id, takes_part())


def _stages(places: int) -> tuple[str, ...]:
    return tuple(stage for place, stage in enumerate(STAGES) if places >> place & 1)


def _all_stages(counts: Mapping[str, int]) -> dict[str, int]:
    return {stage: counts.get(stage, 0) for stage in STAGES}
