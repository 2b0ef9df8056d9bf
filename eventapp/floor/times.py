"""Who spoke when and for how long: lines for a spreadsheet, and speaking time by group."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from eventapp.floor.labels import in_minutes, seconds_spoken
from eventapp.floor.models import Statement
from eventapp.ground.text.dates import local
from eventapp.ground.text.i18n import _, _l
from eventapp.ground.text.worded import worded
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


def times(statements: Sequence[Statement], by: str, *, at: datetime) -> Times:
    """Speaking time by group, until this moment where somebody still speaks; pauses do not count."""
    found: dict[str, list[int]] = {}
    for one in statements:
        found.setdefault(group_of(one, by), []).append(seconds_spoken(one, at))
    shares = [Share(label, len(turns), sum(turns)) for label, turns in found.items()]
    total = Share(_("All"), len(statements), sum(one.seconds for one in shares))
    return Times(tuple(sorted(shares, key=lambda one: (-one.seconds, one.label))), total)


def group_of(statement: Statement, by: str) -> str:
    if by == DELEGATION:
        return statement.organization or statement.name
    if by == CATEGORY:
        return worded(statement.category, "name") if statement.category else _("Not known")
    known = STAKEHOLDER_TYPES.get(statement.stakeholder_type)
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
