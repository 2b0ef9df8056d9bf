"""The whole draft as plain rows: what warnings and days are worked out from, at any size, in two queries."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from eventapp.agenda.models import DECLINED, Session, SpeakingRole
from eventapp.ground.db import db
from eventapp.meetings.models import Meeting, Room
from eventapp.vocabulary.sessions import SPEAKING_ROLES


class DraftRole(NamedTuple):
    """A part in a session that was not taken back."""

    name: str
    role: str
    person_id: int | None
    state: str

    @property
    def holds(self) -> bool:
        """Whether the part is still this person's, asked or confirmed."""
        return self.state != DECLINED

    @property
    def label(self) -> str:
        """The part, in the reader's language."""
        return SPEAKING_ROLES[self.role].label if self.role in SPEAKING_ROLES else self.role


@dataclass(slots=True)
class DraftSession:
    """A session of the draft that is not cancelled, with the parts in it."""

    id: int
    code: str
    kind: str
    starts_at: datetime
    ends_at: datetime
    expected: int | None
    room: Room | None
    sign_up_places: int | None = None
    roles: list[DraftRole] = field(default_factory=list)


def draft_of(meeting: Meeting) -> list[DraftSession]:
    """Every session of the draft that is not cancelled, by time."""
    rooms: dict[int | None, Room] = {room.id: room for room in meeting.rooms}
    of_meeting = Session.meeting_id == meeting.id, Session.cancelled_at.is_(None)
    facts = (Session.id, Session.code, Session.kind, Session.starts_at, Session.ends_at, Session.expected)
    query = (
        select(*facts, Session.room_id, Session.sign_up_places)
        .where(*of_meeting)
        .order_by(Session.starts_at, Session.code)
    )
    found = {row[0]: DraftSession(*row[:6], rooms.get(row[6]), row[7]) for row in db.session.execute(query)}
    parts = (SpeakingRole.session_id, SpeakingRole.name, SpeakingRole.role, SpeakingRole.person_id, SpeakingRole.state)
    roles = select(*parts).join(Session).where(*of_meeting, SpeakingRole.ended_at.is_(None))
    for session_id, name, role, person, state in db.session.execute(
        roles.order_by(SpeakingRole.position, SpeakingRole.id)
    ):
        if session_id in found:  # made between the two questions
            found[session_id].roles.append(DraftRole(name, role, person, state))
    return list(found.values())


def places_of_breaks(sessions: Sequence[DraftSession], but: str) -> set[int | None]:
    """The numbers of the rooms that only sessions of this kind are in."""
    rooms = {one.room.id: False for one in sessions if one.room}
    rooms |= {one.room.id: True for one in sessions if one.room and one.kind != but}
    return {number for number, is_used in rooms.items() if not is_used}
