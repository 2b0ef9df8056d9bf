"""What a meeting file changes in a meeting that is already there."""

from collections.abc import Iterable, Iterator
from dataclasses import Field, dataclass, fields
from zoneinfo import ZoneInfo

from eventapp.ground.exact import Dataclass
from eventapp.meeting_file.chapters.entries import ChapterEntry
from eventapp.meeting_file.entrances.entries import DelegationEntry, ZoneEntry
from eventapp.meeting_file.information.entries import PageEntry
from eventapp.meeting_file.kinds import Entry
from eventapp.meeting_file.parts.place import BodyEntry, KindEntry, RoomEntry
from eventapp.meeting_file.questions.entries import ChoiceEntry, QuestionEntry
from eventapp.meeting_file.schema import (
    CategoryEntry,
    DocumentEntry,
    MeetingFile,
    SessionEntry,
)
from eventapp.meeting_file.themes.entries import ThemeEntry, ThemeSetEntry

ADDED, CHANGED, ENDED = "added", "changed", "ended"
SHOWN = 60  # characters of a long text
NAMES = {
    "bodies": "body",
    "rooms": "room",
    "hours": "hours",
    "kinds": "kind",
    "categories": "category",
    "documents": "document",
    "information": "page",
    "retention": "retention",
    "consents": "consents",
    "staff": "staff",
    "sessions": "session",
    "roles": "role",
    "sub_items": "statement",
    "texts": "texts",
    "questions": "question",
    "choices": "answer",
    "conditions": "condition",
    "chapters": "chapter",
    "themes": "set of themes",
    "lines": "theme",
    "delegations": "delegation",
    "role_places": "places",
    "zones": "zone",
    "gates": "gate",
    "networking_slots": "slots",
}
WITHIN: dict[type[Entry], str] = {
    BodyEntry: "body",
    RoomEntry: "room",
    KindEntry: "kind",
    CategoryEntry: "category",
    DocumentEntry: "document",
    PageEntry: "page",
    SessionEntry: "session",
    QuestionEntry: "question",
    ChoiceEntry: "answer",
    ChapterEntry: "chapter",
    ThemeSetEntry: "set of themes",
    ThemeEntry: "theme",
    DelegationEntry: "delegation",
    ZoneEntry: "zone",
}
ORDERED = frozenset(
    {"body", "room", "kind", "chapter", "document", "page", "role", "statement"}
    | {"question", "answer", "set of themes", "theme"}
)  # the others have an order of their own


@dataclass(frozen=True)
class Change:
    """One thing added, ended, or changed in one field; as a person reads it."""

    what: str  # "room CR4"
    happened: str
    field: str = ""
    before: str = ""
    after: str = ""

    def __str__(self) -> str:
        if self.happened == CHANGED:
            return f"{self.what}: {self.field}: {self.before} → {self.after}"
        return f"{self.what}: {self.happened}"


def changes(before: MeetingFile | None, after: MeetingFile) -> list[Change]:
    """Return what turns the one into the other, in the order of the file; nothing where they agree."""
    what, zone = f"meeting {after.slug}", after.tz
    if before is None:
        return [Change(what, ADDED), *_inside(_Empty(), after, zone)]
    return [*_fields(what, before, after, zone), *_inside(before, after, zone)]


class _Empty:
    """An entry whose lists are all empty, to compare a new one with."""

    def __getattr__(self, name: str) -> tuple[()]:
        return ()


def _inside(before: object, after: Dataclass, zone: ZoneInfo) -> Iterator[Change]:
    for one in fields(after):
        if "of" in one.metadata:
            old, new = getattr(before, one.name), getattr(after, one.name)
            within = _of(after)
            yield from _list(NAMES[one.name], within, old, new, zone)


def _of(one: Dataclass) -> str:
    """What the entries inside this one are of, where that is not the meeting."""
    for kind, what in WITHIN.items():
        if isinstance(one, kind):
            return f" of {what} {one.key}"
    return ""


def _list(what: str, within: str, before: Iterable[Entry], after: Iterable[Entry], zone: ZoneInfo) -> Iterator[Change]:
    old, new = {one.key: one for one in before}, {one.key: one for one in after}
    for key, one in new.items():
        name = f"{what} {_named(key)}{within}"
        if key not in old:
            yield Change(name, ADDED)
            yield from _inside(_Empty(), one, zone)
        else:
            yield from _fields(name, old[key], one, zone)
            yield from _inside(old[key], one, zone)
    for key in old:
        if key not in new:
            yield Change(f"{what} {_named(key)}{within}", ENDED)
    kept, meant = [key for key in old if key in new], [key for key in new if key in old]
    if what in ORDERED and kept != meant:
        yield Change(f"{what}s{within}", CHANGED, "order", _order(kept), _order(meant))


def _fields(what: str, before: object, after: Dataclass, zone: ZoneInfo) -> Iterator[Change]:
    for one in fields(after):
        if "of" in one.metadata or not one.compare:
            continue
        old, new = getattr(before, one.name), getattr(after, one.name)
        if old != new:
            yield Change(what, CHANGED, one.name, _shown(one, old, zone), _shown(one, new, zone))


def _named(key: object) -> str:
    return ", ".join(str(part) for part in key) if isinstance(key, tuple) else str(key)


def _order(listed: Iterable[object]) -> str:
    return "; ".join(_named(key) for key in listed)


def _shown(one: Field[object], value: object, zone: ZoneInfo) -> str:
    if isinstance(value, tuple):
        return f"{len(value)} ({_cut('; '.join(str(each) for each in value))})"
    if value is None or value == "":
        return "nothing"
    return _cut(str(one.metadata["kind"].write(value, zone)))


def _cut(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= SHOWN else f"{line[: SHOWN - 1]}…"
