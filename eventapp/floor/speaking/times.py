"""Who spoke when and for how long: lines for a spreadsheet, and speaking time by group."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from eventapp.floor.labels import in_minutes, seconds_spoken
from eventapp.floor.models import Statement
from eventapp.ground.text.dates import local
from eventapp.ground.text.i18n import _, _l
from eventapp.ground.text.worded import worded
from eventapp.meetings.models import Category
from eventapp.vocabulary.countries import country
from eventapp.vocabulary.participants import STAKEHOLDER_TYPES

STAKEHOLDER, CATEGORY, DELEGATION = "stakeholder", "category", "delegation"
GROUPINGS = {STAKEHOLDER: _l("Stakeholder type"), CATEGORY: _l("Category"), DELEGATION: _l("Delegation")}
TOLD = {  # what whoever takes a list of speakers along has to know of the session
    "chatham": _l("Chatham House rule: nobody may be named"),
    "closed": _l("Closed session: nobody may be named"),
}


@dataclass(frozen=True)
class Share:
    """What one group spoke: how many statements, how many seconds."""

    label: str
    statements: int
    seconds: int

    @property
    def time(self) -> str:
        """7:05, or 1:02:05 from an hour on."""
        return in_minutes(timedelta(seconds=self.seconds))


@dataclass(frozen=True)
class Times:
    """The groups, whoever spoke longest first, and all together."""

    shares: tuple[Share, ...]
    total: Share

    @property
    def top(self) -> int:
        """The seconds a full bar stands for."""
        return max((one.seconds for one in self.shares), default=0)

    def percent(self, one: Share) -> int:
        """The share of all speaking time in whole per cent."""
        return round(100 * one.seconds / self.total.seconds) if self.total.seconds else 0


def times(shares: Iterable[Share]) -> Times:
    """These shares by group, each once."""
    found: dict[str, list[Share]] = {}
    for one in shares:
        found.setdefault(one.label, []).append(one)
    together = [_sum(label, some) for label, some in found.items()]
    return Times(
        tuple(sorted(together, key=lambda one: (-one.seconds, one.label))),
        _sum(_("All"), together),
    )


def _sum(label: str, shares: Sequence[Share]) -> Share:
    return Share(label, sum(one.statements for one in shares), sum(one.seconds for one in shares))


def group_of(statement: Statement, by: str) -> str:
    """What the group of this statement is called."""
    if by == DELEGATION:
        return statement.organization or statement.name
    if by == CATEGORY:
        return label_of(by, statement.category_id, {one.id: one for one in [statement.category] if one})
    return label_of(by, statement.stakeholder_type, {})


def label_of(by: str, key: str | int | None, categories: Mapping[int, Category]) -> str:
    """What the group is called that the database knows by this key."""
    if by == DELEGATION:
        return str(key)
    if by == CATEGORY:
        category = categories.get(int(key)) if key else None
        return worded(category, "name") if category else _("Not known")
    known = STAKEHOLDER_TYPES.get(str(key))
    return known.label if known else _("Not known")


def heads() -> list[str]:
    """The heads of the columns, in the reader's language."""
    return [
        _("Session"),
        _("Name"),
        _("State or organization"),
        _("Country"),
        _("Category"),
        _("Stakeholder type"),
        _("Asked"),
        _("Began"),
        _("Ended"),
        _("Time zone"),
        _("Speaking time"),
        _("Seconds"),
        _("Paused, seconds"),
        _("May be published"),
    ]


def cells(statements: Iterable[Statement], zone: str, *, at: datetime) -> list[list[str]]:
    """One line for each statement, as text; moments on the wall of that zone, with their distance from UTC."""
    return [line_of(one, zone, at) for one in statements]


def line_of(one: Statement, zone: str, at: datetime) -> list[str]:
    state = country(one.country) if one.country else None
    moments = [
        local(moment, zone).isoformat(sep=" ", timespec="seconds") if moment else ""
        for moment in (one.asked_at, one.started_at, one.ended_at)
    ]
    seconds = seconds_spoken(one, at)
    return [
        one.session.code,
        one.name,
        one.organization,
        state.label if state else "",
        worded(one.category, "name") if one.category else "",
        group_of(one, STAKEHOLDER) if one.category else "",
        *moments,
        zone,
        in_minutes(timedelta(seconds=seconds)),
        str(seconds),
        str(int(one.paused_for(at).total_seconds())),
        str(TOLD[one.session.rule]) if one.session.rule in TOLD else "",
    ]
