"""What is different between two contents of an agenda, as facts that any language can tell."""

from dataclasses import dataclass
from typing import Any

from eventapp.ground.db.types import Record

NEW, CANCELLED, RESTORED, CHANGED = "new", "cancelled", "restored", "changed"
TOLD = ("title", "kind", "starts_at", "ends_at", "room", "agenda_item", "summary", "body", "rule", "interpretation")


@dataclass(frozen=True)
class Change:
    """What became of one session. `fields` says name → (before, after), as the release keeps the values."""

    code: str
    title: str
    what: str
    fields: dict[str, tuple[Any, Any]]  # each before and after, as JSON has it

    @property
    def moved(self) -> bool:
        """Whether it is at another time or in another room, or off."""
        return self.what != CHANGED or bool(self.fields.keys() & {"starts_at", "ends_at", "room"})


def difference(before: Record | None, after: Record) -> Record:
    """How `after` differs from `before`, to be kept with a release: {"sessions": [...]}; empty where it does not."""
    was = {one["code"]: one for one in (before or {"sessions": []})["sessions"]}
    names_of_rooms = [texts_of_rooms(content) for content in (before, after)]
    found = [change_of(was.get(one["code"]), one, *names_of_rooms) for one in after["sessions"]]
    rooms = {room["code"]: room["name"] for content in (before, after) if content for room in content["rooms"]}
    return {"sessions": [one for one in found if one], "rooms": rooms}


def texts_of_rooms(content: Record | None) -> Record:
    """What the rooms of a content are called in other languages, by their codes."""
    return {room["code"]: room.get("texts", {}) for room in content["rooms"]} if content else {}


def change_of(before: Record | None, after: Record, rooms_before: Record, rooms_after: Record) -> Record | None:
    if before is None:
        return {"code": after["code"], "title": after["title"], "what": NEW, "fields": placed(after)}
    fields = {name: [before[name], after[name]] for name in TOLD if before[name] != after[name]}
    people = [sorted(person_of(role) for role in one["roles"]) for one in (before, after)]
    if before["roles"] != after["roles"]:
        fields["people"] = people
    own = [one.get("texts", {}) for one in (before, after)]
    of_room = [rooms.get(after["room"], {}) for rooms in (rooms_before, rooms_after)]
    if own[0] != own[1] or (before["room"] == after["room"] and of_room[0] != of_room[1]):
        fields["texts"] = [in_order(*pair) for pair in zip(own, of_room, strict=True)]
    what = CHANGED
    if before["cancelled"] != after["cancelled"]:
        what = CANCELLED if after["cancelled"] else RESTORED
    if not fields and what == CHANGED:
        return None
    return {"code": after["code"], "title": after["title"], "what": what, "fields": fields}


def in_order(own: Record, of_room: Record) -> list[str]:
    """The texts of a session and of its room in other languages, as lines."""
    found = {
        tongue: [*own.get(tongue, {}).values(), *of_room.get(tongue, {}).values()] for tongue in {**own, **of_room}
    }
    return [f"{tongue}: {', '.join(texts)}" for tongue, texts in sorted(found.items())]


def placed(session: Record) -> Record:
    return {name: [None, session[name]] for name in ("starts_at", "room")}


def person_of(role: Record) -> str:
    return f"{role['name']} ({role['role']})"


def changes(content: Record) -> list[Change]:
    """The changes that a release keeps, read back."""
    return [
        Change(
            one["code"], one["title"], one["what"], {name: (pair[0], pair[1]) for name, pair in one["fields"].items()}
        )
        for one in content["sessions"]
    ]
