"""The published agenda as a table for a spreadsheet, under the headings by which an import knows its columns."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from eventapp.agenda.exports.schedule import Event, event_of
from eventapp.agenda.imports.tables.columns import DAY, ENDS, FIELDS, STARTS, TITLE
from eventapp.agenda.releases.content import Published
from eventapp.ground.text.i18n import _

CELLS: Mapping[str, Callable[[Event], str]] = {
    "code": lambda one: one.session.code,
    TITLE: lambda one: one.session.title,
    "subtitle": lambda one: one.session.more.subtitle,
    "kind": lambda one: one.session.kind_label,
    "track": lambda one: one.track,
    DAY: lambda one: f"{one.starts_at:%Y-%m-%d}",
    STARTS: lambda one: clock(one.starts_at),
    ENDS: lambda one: end_of(one),  # noqa: PLW0108 -- it stands below
    "room": lambda one: one.room,
    "language": lambda one: one.session.more.language,
    "people": lambda one: "\n".join(person.name for person in one.people),
    "summary": lambda one: one.session.summary,
    "description": lambda one: one.session.more.description,
    "links": lambda one: "\n".join(one.session.more.links),
    "tags": lambda one: ", ".join(one.session.more.tags),
    "licence": lambda one: one.session.more.licence,
    "no_recording": lambda one: _("Yes") if one.no_recording else "",
    "guid": lambda one: one.guid,
}


def head() -> list[str]:
    """The headings, in the reader's language."""
    return [str(FIELDS[name]) for name in CELLS]


def lines(agenda: Published, base_url: str) -> list[list[str]]:
    """A line for each session that takes place, by time, in the zone of the meeting."""
    events = [event_of(agenda, one, base_url) for one in agenda.sessions]
    return [[cell(one) for cell in CELLS.values()] for one in events]


def end_of(one: Event) -> str:
    """The hour at which it ends; with its day where that is not the first such hour after the start."""
    ends = one.session.ends_at.astimezone(one.starts_at.tzinfo)
    days = ends.date() - one.starts_at.date()
    is_near = not days or (days == timedelta(days=1) and ends.time() <= one.starts_at.time())
    return clock(ends) if is_near else ends.isoformat()


def clock(moment: datetime) -> str:
    """09:00; the second of two hours that have one name, with its day and its distance from UTC."""
    return moment.isoformat() if moment.fold else f"{moment:%H:%M}"
