"""A large copy of an earlier meeting: the worker makes it as it makes a meeting of a file."""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import partial

from eventapp.agenda.sessions.actions import let_wait
from eventapp.desk.bodies.queries import KnownBody
from eventapp.desk.starting.actions import NOT_IN_FILES, UNDATED, not_in_files
from eventapp.desk.starting.content import Beginning, copied, of_body
from eventapp.ground.db import db
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.meeting_file.arriving.coming import ComingFile
from eventapp.meeting_file.loading.pieces import A_PIECE
from eventapp.meeting_file.queries import content_of, sessions_by_code
from eventapp.meetings.arriving.coming import Act, Kind, Look, cut
from eventapp.meetings.arriving.models import MeetingImport
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import run_meeting
from eventapp.people.models import Person


@dataclass(frozen=True)
class ComingCopy(ComingFile):
    """The file of the new meeting, and which parts of an earlier one come along that no file holds."""

    source_id: int
    parts: Sequence[str]

    def begin(self, row: MeetingImport, at: datetime) -> Meeting:
        """Refused where who asked for the copy may not run the earlier meeting any more, or make such a meeting."""
        if not run_meeting(row.by, meeting_with(self.source_id)):
            raise Refused(_("You are no organizer of the earlier meeting any more. Ask one of them to copy it."))
        return super().begin(row, at)

    def pieces(self, row: MeetingImport, meeting_id: int, at: datetime, look: Look) -> Iterator[Iterable[Act]]:
        yield from super().pieces(row, meeting_id, at, look)
        for part in self.parts:
            if part == UNDATED:
                codes = [one.code for one in self.file.sessions]
                yield (partial(_wait, meeting_id, row.by_id, at, piece) for piece in cut(codes, A_PIECE))
            else:
                yield (partial(_bring, part, self.source_id, meeting_id, row.by_id, at),)


def as_content(wanted: Beginning, source: Meeting, parts: Collection[str], body: KnownBody | None) -> bytes:
    """What the worker is told: what was typed, which parts of which meeting come along, and the body it is of."""
    days = {"starts": wanted.starts.isoformat(), "ends": wanted.ends.isoformat()}
    of = [body.code, body.name] if body else None
    asked = {"source": source.id, "parts": sorted(parts), "body": of, "beginning": {**asdict(wanted), **days}}
    return json.dumps(asked).encode()


def read_copy(content: bytes, row: MeetingImport) -> ComingCopy:
    asked = json.loads(content)
    typed, parts = asked["beginning"], asked["parts"]
    days = {name: date.fromisoformat(typed[name]) for name in ("starts", "ends")}
    file = copied(content_of(meeting_with(asked["source"])), Beginning(**{**typed, **days}), row.at, parts)
    file = of_body(file, *asked["body"]) if asked["body"] else file
    return ComingCopy(file, asked["source"], not_in_files(parts))


COPY = Kind("copy", read_copy)


def _wait(meeting_id: int, by_id: int | None, at: datetime, codes: Sequence[str]) -> None:
    meeting = db.session.get_one(Meeting, meeting_id)
    let_wait(sessions_by_code(meeting, codes).values(), by=_person(by_id), at=at)


def _bring(part: str, source_id: int, meeting_id: int, by_id: int | None, at: datetime) -> None:
    NOT_IN_FILES[part](meeting_with(source_id), db.session.get_one(Meeting, meeting_id), by=_person(by_id), at=at)


def meeting_with(number: int) -> Meeting:
    """The earlier meeting; refused once it is removed."""
    found = db.session.get(Meeting, number)
    if found is None:
        raise Refused(_("The earlier meeting is not here any more."))
    return found


def _person(number: int | None) -> Person | None:
    return db.session.get_one(Person, number) if number else None
