from datetime import datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from eventapp.ground.db.types import Base, Record, mark_of_a_write
from eventapp.links.models import Purpose
from eventapp.meetings.models import Body, Meeting, Room
from eventapp.meetings.worded import Worded
from eventapp.people.models import Person
from eventapp.vocabulary.sessions import SPEAKING_ROLES

INVITED, CONFIRMED, DECLINED = "invited", "confirmed", "declined"
WAITS, DROPPED = "waits", "dropped"


class Session(Worded):
    """One session of the agenda with a time and a room. Cancelled, never deleted.

    One that waits for a time has `cancelled_at` as well, so that whoever asks for what takes place never finds it; its
    times say how long it is to be. Taken from those that wait it is `dropped`, and put back it waits again.
    """

    __tablename__ = "session"
    __table_args__ = (
        UniqueConstraint("meeting_id", "code"),
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        Index("ix_session_time", "meeting_id", "starts_at"),
    )
    in_languages: ClassVar[tuple[str, ...]] = ("title", "summary")

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    code: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(300))
    kind: Mapped[str] = mapped_column(String(20))  # a code of the vocabulary
    agenda_item: Mapped[str] = mapped_column(String(20), default="")
    summary: Mapped[str] = mapped_column(Text, default="")
    body_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"))
    room_id: Mapped[int | None] = mapped_column(ForeignKey("room.id"), index=True)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    rule: Mapped[str] = mapped_column(String(20), default="open")  # open, chatham, closed
    interpretation: Mapped[list[str]]  # languages, as codes
    expected: Mapped[int | None]  # people
    uid: Mapped[str] = mapped_column(String(120), unique=True)  # of the calendar event, for ever
    sequence: Mapped[int] = mapped_column(default=0)  # rises for time, place and status only (RFC 5545, 3.8.7.4)
    changed_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]
    illustrative: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)
    wall_starts: Mapped[str] = mapped_column(String(20), default="")  # what clocks show there, as sessions/wall.py says
    wall_ends: Mapped[str] = mapped_column(String(20), default="")
    wall_zone: Mapped[str] = mapped_column(String(60), default="")
    is_off_wall: Mapped[bool] = mapped_column(default=False)  # newer rules of the zone show it at another time
    subtitle: Mapped[str] = mapped_column(String(300), default="")
    description: Mapped[str] = mapped_column(Text, default="")  # beyond the summary
    language: Mapped[str] = mapped_column(String(12), default="")  # that is spoken, as a code; '' is not known
    track: Mapped[str] = mapped_column(String(120), default="")
    links: Mapped[list[str]] = mapped_column(default=list)  # each an address, a blank and what it leads to
    tags: Mapped[list[str]] = mapped_column(default=list)  # words that readers look for
    sub_items: Mapped[list[Record]] = mapped_column(default=list)  # in order: sessions/sub_items.py
    licence: Mapped[str] = mapped_column(String(120), default="")  # of a recording
    no_recording: Mapped[bool] = mapped_column(default=False)
    guid: Mapped[str] = mapped_column(String(120), default="")  # in the program that it was imported from
    foreign_id: Mapped[str] = mapped_column(String(64), default="")  # its number there
    sign_up_places: Mapped[int | None]  # for how many who sign up; None: whoever comes
    sign_up_until: Mapped[datetime | None]  # None: until it begins
    waiting: Mapped[str] = mapped_column(String(8), default="")  # '', waits or dropped
    placed_at: Mapped[datetime | None]  # when one that waited got a time
    off_reason: Mapped[str] = mapped_column(String(500), default="")  # why it was cancelled
    moved_reason: Mapped[str] = mapped_column(String(500), default="")  # why it has its newest time or room
    mark: Mapped[str] = mark_of_a_write()

    meeting: Mapped[Meeting] = relationship()
    body: Mapped[Body | None] = relationship()
    room: Mapped[Room | None] = relationship()
    roles: Mapped[list["SpeakingRole"]] = relationship(
        back_populates="session", order_by="SpeakingRole.position, SpeakingRole.id"
    )

    @property
    def sign_up_closes(self) -> datetime:
        """From when on nobody signs up any more."""
        return min(self.sign_up_until or self.starts_at, self.starts_at)

    @property
    def waits(self) -> bool:
        """Whether it has no time yet."""
        return self.waiting == WAITS

    @property
    def is_off(self) -> bool:
        """Whether it was cancelled."""
        return self.cancelled_at is not None and not self.waits

    def is_past(self, moment: datetime) -> bool:
        """Whether it has begun by then; one without a time has not."""
        return not self.waits and moment >= self.starts_at


class SpeakingRole(Base):
    """A person's part in a session. The words are kept as they were given; `person` where an address is known."""

    __tablename__ = "speaking_role"
    __table_args__ = (Index("ix_speaking_role_person", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    role: Mapped[str] = mapped_column(String(20))  # a code of the vocabulary
    name: Mapped[str] = mapped_column(String(200))
    name_own: Mapped[str] = mapped_column(String(200), default="")
    name_language: Mapped[str] = mapped_column(String(12), default="")
    position_held: Mapped[str] = mapped_column(String(200), default="")
    organization: Mapped[str] = mapped_column(String(200), default="")
    country: Mapped[str] = mapped_column(String(3), default="")
    position: Mapped[int] = mapped_column(default=0)
    state: Mapped[str] = mapped_column(String(12))
    asked_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(String(500), default="")
    illustrative: Mapped[bool] = mapped_column(default=False)
    guid: Mapped[str] = mapped_column(String(120), default="")  # of the person, where the part was imported from
    foreign_id: Mapped[str] = mapped_column(String(64), default="")  # their number there
    mark: Mapped[str] = mark_of_a_write()

    session: Mapped[Session] = relationship(back_populates="roles")
    person: Mapped[Person | None] = relationship()

    @property
    def meeting_id(self) -> int:
        return self.session.meeting_id

    @property
    def holds(self) -> bool:
        """Whether the part is still this person's, asked or confirmed."""
        return self.ended_at is None and self.state != DECLINED

    @property
    def label(self) -> str:
        """The part, in the reader's language."""
        return SPEAKING_ROLES[self.role].label if self.role in SPEAKING_ROLES else self.role


class Release(Base):
    """The agenda as published: numbered without gaps, and never changed."""

    __tablename__ = "release"
    __table_args__ = (UniqueConstraint("meeting_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    number: Mapped[int]
    released_at: Mapped[datetime]
    released_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    content: Mapped[Record] = mapped_column(deferred=True)  # as large as the meeting; read where it is shown anew
    difference: Mapped[Record] = mapped_column(deferred=True)  # likewise: that of a first release has all its sessions
    remark: Mapped[str] = mapped_column(String(500), default="")
    digest: Mapped[str] = mapped_column(String(64))

    meeting: Mapped[Meeting] = relationship()
    released_by: Mapped[Person | None] = relationship()


ROLE_LINK = Purpose(
    "role",
    SpeakingRole,
    (
        joinedload(SpeakingRole.session).options(joinedload(Session.meeting), joinedload(Session.room)),
        joinedload(SpeakingRole.person),
    ),
)
