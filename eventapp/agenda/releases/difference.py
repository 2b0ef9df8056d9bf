"""What is different between two contents of an agenda, as facts that any language can tell."""

from dataclasses import dataclass
from typing import Any

from eventapp.agenda.sessions.more import REASONS, more_changed
from eventapp.ground.db.types import Record

NEW, CANCELLED, RESTORED, CHANGED = "new", "cancelled", "restored", "changed"
PLACES = {"starts_at", "ends_at", "room"}
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
        return self.what != CHANGED or bool(self.fields.keys() & PLACES)


def difference(before: Record | None, after: Record) -> Record:
    """How `after` differs from `before`, to be kept with a release: {"sessions": [...]}; empty where it does not."""
    was = {one["code"]: one for one in (before or {"sessions": []})["sessions"]}
    bodies = [bodies_of(one) for one in (before or {}, after)]
    found = [
        change_of(was.get(one["code"]), one, is_same_body=is_same(bodies, one["code"])) for one in after["sessions"]
    ]
    rooms = {room["code"]: room["name"] for content in (before, after) if content for room in content["rooms"]}
    return {"sessions": [one for one in found if one], "rooms": rooms}


def bodies_of(content: Record) -> dict[str, str]:
    """The code of the body of each session, where the release keeps it."""
    return {session: one["code"] for one in content.get("bodies", ()) for session in one["sessions"]}


def is_same(bodies: list[dict[str, str]], session: str) -> bool:
    """Whether both releases keep the body of this session, and it is the same one, whatever it is called."""
    before, after = (one.get(session) for one in bodies)
    return before is not None and before == after


def change_of(before: Record | None, after: Record, *, is_same_body: bool = False) -> Record | None:
    if before is None:
        return {"code": after["code"], "title": after["title"], "what": NEW, "fields": placed(after)}
    if before == after:  # as most sessions are: what it would take to find that out part by part is most of the work
        return None
    fields = {name: [before[name], after[name]] for name in TOLD if before[name] != after[name]}
    fields |= more_changed(before.get("more"), after.get("more"))
    made_up = [bool(one.get("illustrative")) for one in (before, after)]
    if made_up[0] != made_up[1]:
        fields["illustrative"] = made_up
    if is_same_body:
        fields.pop("body", None)
    people = [sorted(person_of(role) for role in one["roles"]) for one in (before, after)]
    if before["roles"] != after["roles"]:
        fields["people"] = people
    own = [texts_of(one, but="body" if is_same_body else "") for one in (before, after)]
    if own[0] != own[1]:
        fields["texts"] = [in_order(one) for one in own]
    what = CHANGED
    if before["cancelled"] != after["cancelled"]:
        what = CANCELLED if after["cancelled"] else RESTORED
    if not fields and what == CHANGED:
        return None
    return {"code": after["code"], "title": after["title"], "what": what, "fields": fields}


def texts_of(session: Record, *, but: str) -> Record:
    """Its texts in other languages without those of this name."""
    texts = {
        tongue: {name: text for name, text in own.items() if name != but}
        for tongue, own in session.get("texts", {}).items()
    }
    return {tongue: own for tongue, own in texts.items() if own}


def in_order(texts: Record) -> list[str]:
    """The texts of a session in other languages, as lines."""
    return [f"{tongue}: {', '.join(own.values())}" for tongue, own in sorted(texts.items())]


def placed(session: Record) -> Record:
    return {name: [None, session[name]] for name in ("starts_at", "room")}


def person_of(role: Record) -> str:
    return f"{role['name']} ({role['role']})"


def of_the_day(content: Record) -> bool:
    """Whether a release changes times, rooms and whether sessions take place, and their reasons, and nothing else."""
    return all(one["what"] != NEW and one["fields"].keys() <= {*PLACES, *REASONS} for one in content["sessions"])


def changes(content: Record) -> list[Change]:
    """The changes that a release keeps, read back."""
    return [
        Change(
            one["code"], one["title"], one["what"], {name: (pair[0], pair[1]) for name, pair in one["fields"].items()}
        )
        for one in content["sessions"]
    ]
