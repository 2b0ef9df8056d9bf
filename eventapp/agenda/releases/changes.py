"""The difference between two agendas in words: what became of a session, what it was, what it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from eventapp.agenda.releases.difference import CANCELLED, NEW, RESTORED, Change
from eventapp.agenda.sessions.more import REASONS
from eventapp.ground.text.dates import clock, day
from eventapp.ground.text.i18n import _, _l

FIELDS = {
    "title": _l("Title"),
    "kind": _l("Kind"),
    "agenda_item": _l("Agenda item"),
    "summary": _l("What it is about"),
    "body": _l("Reports to"),
    "rule": _l("Rule"),
    "interpretation": _l("Interpretation"),
    "people": _l("People"),
    "subtitle": _l("Subtitle"),
    "description": _l("More about it"),
    "language": _l("Language spoken"),
    "track": _l("Track"),
    "links": _l("Links"),
    "tags": _l("Tags"),
    "sub_items": _l("Running order"),
    "licence": _l("Licence of the recording"),
    "no_recording": _l("Recording"),
    "illustrative": _l("What is illustrative"),
    "off_reason": _l("Reason"),
    "moved_reason": _l("Reason"),
    "texts": _l("Texts in other languages"),
}
NO_NAMES: Mapping[str, str] = MappingProxyType({})
PLACE = ("starts_at", "ends_at", "room")
LONGEST = 120  # characters of a text that changed


@dataclass(frozen=True)
class ChangeLine:
    """One line: a mark such as "Moved", the session, and the two states; either may be ''."""

    mark: str
    code: str
    title: str
    before: str
    after: str


def describe(
    change: Change, zone: ZoneInfo, rooms: Mapping[str, str], kinds: Mapping[str, str] = NO_NAMES
) -> list[ChangeLine]:
    """The lines that say what this change is. `rooms` and `kinds` are names by code."""
    lines = []
    if change.what == CANCELLED:
        lines.append(ChangeLine(mark_of(change), change.code, change.title, _("takes place"), _("cancelled")))
    elif change.what == RESTORED:
        lines.append(ChangeLine(mark_of(change), change.code, change.title, _("cancelled"), _("takes place")))
    if change.fields.keys() & set(PLACE):
        before, after = (placed(change, side, zone, rooms) for side in (0, 1))
        lines.append(
            ChangeLine(mark_of(change), change.code, change.title, "" if change.what == NEW else before, after)
        )
    for name, label in FIELDS.items():
        if name in change.fields and (name not in REASONS or change.fields[name][1]):
            before, after = (value_of(name, value, kinds) for value in change.fields[name])
            was = "" if name in REASONS else before  # a reason that is over is not told
            lines.append(ChangeLine(str(label), change.code, change.title, was, after))
    return lines


def mark_of(change: Change) -> str:
    """What became of a session, in a word."""
    named = {NEW: _("New"), CANCELLED: _("Cancelled"), RESTORED: _("Put back")}
    if change.what in named:
        return named[change.what]
    where = change.fields.keys() & set(PLACE)
    if where == {"room"}:
        return _("Other room")
    if where == {"starts_at"}:
        return _("Begins later") if is_later(change, "starts_at") else _("Begins earlier")
    if where == {"ends_at"}:
        return _("Ends later") if is_later(change, "ends_at") else _("Ends earlier")
    return _("Moved") if where else _("Changed")


def is_later(change: Change, name: str) -> bool:
    before, after = (datetime.fromisoformat(one) for one in change.fields[name])
    return after > before


def placed(change: Change, side: int, zone: ZoneInfo, rooms: Mapping[str, str]) -> str:
    """When and where, as far as it changed."""
    parts = []
    if "starts_at" in change.fields and (starts := change.fields["starts_at"][side]):
        ends = change.fields["ends_at"][side] if "ends_at" in change.fields else None
        parts.append(moment(starts, zone) + (f"–{clock(datetime.fromisoformat(ends), zone)}" if ends else ""))
    elif "ends_at" in change.fields:
        parts.append(_("until %(time)s", time=clock(datetime.fromisoformat(change.fields["ends_at"][side]), zone)))
    if "room" in change.fields:
        code = change.fields["room"][side]
        parts.append(rooms.get(code, code) if code else _("no room"))
    return ", ".join(parts)


def moment(value: str, zone: ZoneInfo) -> str:
    at = datetime.fromisoformat(value)
    return f"{day(at.astimezone(zone))}, {clock(at, zone)}"


def value_of(name: str, value: Any, kinds: Mapping[str, str]) -> str:  # what JSON has of this field
    """A value as a reader sees it."""
    if isinstance(value, list):
        value = ", ".join(str(each) for each in value)
        return shortened(value) if name == "texts" else value
    if name == "kind" and value in kinds:
        return kinds[value]
    if name == "no_recording":
        return _("Not recorded") if value else ""
    if name == "illustrative":
        return _("Illustrative") if value else ""
    return shortened(str(value or ""))


def shortened(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"
