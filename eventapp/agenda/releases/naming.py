"""What a meeting, its rooms, bodies and kinds of session are called now, in the agenda that a release keeps."""

from collections.abc import Sequence

from eventapp.agenda.releases.content import meeting_content, room_content
from eventapp.agenda.releases.parts import body_content
from eventapp.agenda.releases.texts import own_kinds
from eventapp.ground.db.types import Record
from eventapp.meetings.models import Body, Meeting, Room, SessionKind

LIVE = frozenset({"title", "place", "organization", "illustrative", "texts"})  # of the meeting; and all of a room


def named_now(
    content: Record, meeting: Meeting, rooms: Sequence[Room], kinds: Sequence[SessionKind], bodies: Sequence[Body]
) -> Record:
    """The content of a release with what the meeting, its rooms, bodies and kinds are called now.

    Names are no part of a programme; to which body a session reports is, and stays as released.
    The same object where nothing was renamed since. What the meeting has no more stays as released.
    """
    now, live = meeting_content(meeting), {room.code: room_content(room) for room in rooms}
    head = {name: value for name, value in content["meeting"].items() if name not in LIVE}
    head |= {name: value for name, value in now.items() if name in LIVE}
    head |= kinds_now(content["meeting"], kinds)
    placed = [live.get(room["code"], room) for room in content["rooms"]]
    named = bodies_now(content.get("bodies", []), bodies)
    same = (head, placed, named) == (content["meeting"], content["rooms"], content.get("bodies", []))
    return content if same else {**content, "meeting": head, "rooms": placed, **({"bodies": named} if named else {})}


def bodies_now(released: list[Record], bodies: Sequence[Body]) -> list[Record]:
    """The bodies of a release as they are called now, with the sessions of then."""
    there = {one.code: body_content(one) for one in bodies}
    return [{**there[one["code"]], "sessions": one["sessions"]} if one["code"] in there else one for one in released]


def kinds_now(released: Record, kinds: Sequence[SessionKind]) -> Record:
    """The kinds of session as they are now, and behind them those of the release that are there no longer."""
    there = {one.code for one in kinds}
    gone = [one for one in released.get("session_kinds", ()) if one["code"] not in there]
    every = [*own_kinds(kinds).get("session_kinds", ()), *gone]
    return {"session_kinds": every} if every else {}
