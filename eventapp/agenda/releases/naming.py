"""What a meeting and its rooms are called now, in the agenda that a release keeps."""

from collections.abc import Sequence

from eventapp.agenda.releases.content import meeting_content, room_content
from eventapp.ground.db.types import Record
from eventapp.meetings.models import Meeting, Room

LIVE = frozenset({"title", "place", "organization", "illustrative", "texts"})  # of the meeting; and all of a room


def named_now(content: Record, meeting: Meeting, rooms: Sequence[Room]) -> Record:
    """The content of a release with what the meeting and its rooms are called now: `LIVE` is no part of a programme.

    The same object where nothing was renamed since. A room that the meeting has no more stays as it was released.
    """
    now, live = meeting_content(meeting), {room.code: room_content(room) for room in rooms}
    head = {name: value for name, value in content["meeting"].items() if name not in LIVE}
    head |= {name: value for name, value in now.items() if name in LIVE}
    placed = [live.get(room["code"], room) for room in content["rooms"]]
    same = head == content["meeting"] and placed == content["rooms"]
    return content if same else {**content, "meeting": head, "rooms": placed}
