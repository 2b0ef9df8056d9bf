"""What a meeting, its rooms and its kinds of session are called now, in the agenda that a release keeps."""

from collections.abc import Sequence

from eventapp.agenda.releases.content import meeting_content, room_content
from eventapp.agenda.releases.texts import own_kinds
from eventapp.ground.db.types import Record
from eventapp.meetings.models import Meeting, Room, SessionKind

LIVE = frozenset({"title", "place", "organization", "illustrative", "texts"})  # of the meeting; and all of a room


def named_now(content: Record, meeting: Meeting, rooms: Sequence[Room], kinds: Sequence[SessionKind]) -> Record:
    """The content of a release with what the meeting, its rooms and kinds are called now: no part of a programme.

    The same object where nothing was renamed since. What the meeting has no more stays as released.
    """
    now, live = meeting_content(meeting), {room.code: room_content(room) for room in rooms}
    head = {name: value for name, value in content["meeting"].items() if name not in LIVE}
    head |= {name: value for name, value in now.items() if name in LIVE}
    head |= kinds_now(content["meeting"], kinds)
    placed = [live.get(room["code"], room) for room in content["rooms"]]
    same = head == content["meeting"] and placed == content["rooms"]
    return content if same else {**content, "meeting": head, "rooms": placed}


def kinds_now(released: Record, kinds: Sequence[SessionKind]) -> Record:
    """The kinds of session as they are now, and behind them those of the release that are there no longer."""
    there = {one.code for one in kinds}
    gone = [one for one in released.get("session_kinds", ()) if one["code"] not in there]
    every = [*own_kinds(kinds).get("session_kinds", ()), *gone]
    return {"session_kinds": every} if every else {}
