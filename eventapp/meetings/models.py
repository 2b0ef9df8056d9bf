from datetime import date, datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.ground.db.types import Base, Record
from eventapp.ground.text.worded import worded
from eventapp.meetings.worded import Worded
from eventapp.people.models import Person

ORGANIZER, RAPPORTEUR, STEWARD = "organizer", "rapporteur", "steward"
STAFF_ROLES = (ORGANIZER, RAPPORTEUR, STEWARD)


class Meeting(Worded):
    """An inter-governmental meeting: its dates are days in its own time zone."""

    __tablename__ = "meeting"
    __table_args__ = (
        CheckConstraint("capacity > 0", name="capacity_positive"),
        CheckConstraint("ends_on >= starts_on", name="ends_after_start"),
    )
    in_languages: ClassVar[tuple[str, ...]] = (
        *("title", "short_title", "city", "venue", "address", "organization", "illustrative"),
        *("mandate", "purpose", "objectives", "content_blocks", "outcomes_go_to"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    title: Mapped[str] = mapped_column(String(300))
    short_title: Mapped[str] = mapped_column(String(120))
    symbol: Mapped[str] = mapped_column(String(80), default="")
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    zone: Mapped[str] = mapped_column(String(60))
    city: Mapped[str] = mapped_column(String(120))
    country: Mapped[str] = mapped_column(String(3))  # ISO 3166-1 alpha-3
    venue: Mapped[str] = mapped_column(String(200))
    address: Mapped[str] = mapped_column(String(300), default="")
    organization: Mapped[str] = mapped_column(String(200))  # who convenes
    contact_email: Mapped[str] = mapped_column(String(254))
    mandate: Mapped[list[str]]  # paragraphs
    purpose: Mapped[list[str]]  # paragraphs
    objectives: Mapped[list[str]]
    content_blocks: Mapped[list[str]]
    outcomes_go_to: Mapped[list[str]]
    languages: Mapped[list[str]]  # working languages, as codes; the first is that of its columns
    themes: Mapped[Record] = mapped_column(default=dict)  # themes/content.py; {} are the sets that are shipped
    chapters: Mapped[list[Record]] = mapped_column(default=list)  # of a report, its own: chapters/content.py
    report_outline: Mapped[str] = mapped_column(String(80), default="")  # a new report has; "" is the standard one
    report_policy: Mapped[str] = mapped_column(String(20), default="")  # whom it names at most; "" is organizations
    kind_id: Mapped[int | None] = mapped_column(ForeignKey("meeting_kind.id"), index=True)
    retention: Mapped[Record] = mapped_column(default=dict)  # sort -> days: rules of its own, before those of its kind
    terms_from: Mapped[date | None]  # what was kept for ever before 0169 goes on this day at the earliest
    illustrative: Mapped[str | None] = mapped_column(Text)  # what on its pages is made up, in a sentence
    organs: Mapped[list[str]] = mapped_column(default=list)  # above its bodies, from the highest; for the masthead
    session_name: Mapped[str] = mapped_column(String(200), default="")  # "First session"
    agenda_item: Mapped[str] = mapped_column(String(200), default="")  # "Item 3 (a) of the provisional agenda"
    distribution: Mapped[str] = mapped_column(String(20), default="")  # of its papers, a code of the vocabulary
    original_language: Mapped[str] = mapped_column(String(12), default="")  # of its papers; '' is that of the paper
    capacity: Mapped[int]
    registration_opens_at: Mapped[datetime]
    registration_closes_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]  # from then on nothing of it is changed, until it is opened again
    archived_at: Mapped[datetime | None]  # from then on no list names it; its addresses stay
    is_arriving: Mapped[bool] = mapped_column(default=False, server_default=false())  # a package: nobody sees it yet
    version: Mapped[int] = mapped_column(default=1)
    badge_layout: Mapped[Record] = mapped_column(default=dict)  # size and parts of its badges; {} is the usual
    session_rights: Mapped[Record] = mapped_column(default=dict)  # what of a session -> parts in it that may edit that
    live_letters: Mapped[str] = mapped_column(String(8), default="")  # of live changes: live/checking/content.py

    bodies: Mapped[list["Body"]] = relationship(back_populates="meeting", order_by="Body.position")
    rooms: Mapped[list["Room"]] = relationship(back_populates="meeting", order_by="Room.position")
    categories: Mapped[list["Category"]] = relationship(back_populates="meeting", order_by="Category.protocol_order")
    documents: Mapped[list["Document"]] = relationship(back_populates="meeting", order_by="Document.position")
    kinds: Mapped[list["SessionKind"]] = relationship(back_populates="meeting", order_by="SessionKind.position")
    staff: Mapped[list["Staff"]] = relationship(back_populates="meeting", order_by="Staff.id")

    @property
    def is_published(self) -> bool:
        return self.published_at is not None

    @property
    def written_in(self) -> str:
        """The language of its columns and of those of its parts; "" where nobody has said it."""
        return self.languages[0] if self.languages else ""

    @property
    def text_languages(self) -> list[str]:
        """The languages that texts of it may stand in, that one first; English where nobody has said any."""
        return list(dict.fromkeys(self.languages)) or ["en"]

    @property
    def other_languages(self) -> list[str]:
        """The languages that its texts may stand in beside that one."""
        return list(dict.fromkeys(code for code in self.languages[1:] if code != self.written_in))

    @property
    def tz(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    def takes_registrations(self, at: datetime) -> bool:
        """Whether a request sent at this moment is in time."""
        return self.published_at is not None and self.registration_opens_at <= at < self.registration_ends_at

    @property
    def registration_ends_at(self) -> datetime:
        """When nobody may register any more: at the end that was set, or where the meeting was closed before it."""
        return min(self.registration_closes_at, self.closed_at or self.registration_closes_at)

    def has_ended(self, at: datetime) -> bool:
        """Whether the last day is over, where the meeting is."""
        return is_over(self.ends_on, self.zone, at)


def is_over(ends_on: date, zone: str, at: datetime) -> bool:
    """Whether a meeting that ends on this day is over, in its own zone."""
    return at.astimezone(ZoneInfo(zone)).date() > ends_on


class Body(Worded):
    """What a session reports to: one day may serve two bodies."""

    __tablename__ = "body"
    __table_args__ = (UniqueConstraint("meeting_id", "code"),)
    in_languages: ClassVar[tuple[str, ...]] = ("name",)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    code: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(300))
    organs: Mapped[list[str]] = mapped_column(default=list)  # these three are the meeting's where they say nothing
    session_name: Mapped[str] = mapped_column(String(200), default="")
    agenda_item: Mapped[str] = mapped_column(String(200), default="")
    position: Mapped[int] = mapped_column(default=0)

    meeting: Mapped[Meeting] = relationship(back_populates="bodies")


class Room(Worded):
    """A room with its seats."""

    __tablename__ = "room"
    __table_args__ = (
        UniqueConstraint("meeting_id", "code"),
        CheckConstraint("seats > 0", name="seats_positive"),
    )
    in_languages: ClassVar[tuple[str, ...]] = ("name", "where")

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    code: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(120))
    seats: Mapped[int]
    where: Mapped[str] = mapped_column(String(200), default="")
    position: Mapped[int] = mapped_column(default=0)
    closed_at: Mapped[datetime | None]
    hours: Mapped[list[Record]] = mapped_column(default=list)  # days it is not open all day: agenda/room_hours

    meeting: Mapped[Meeting] = relationship(back_populates="rooms")


class Category(Worded):
    """A participant category: its places, its mark on the badge, its place in the order of protocol."""

    __tablename__ = "category"
    __table_args__ = (
        UniqueConstraint("meeting_id", "code"),
        CheckConstraint("capacity IS NULL OR capacity >= 0", name="capacity_not_negative"),
    )
    in_languages: ClassVar[tuple[str, ...]] = ("name", "credential")
    in_vocabulary: ClassVar[bool] = True

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    code: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(120))
    stakeholder_type: Mapped[str] = mapped_column(String(40))  # a code of the vocabulary
    represents: Mapped[str] = mapped_column(String(20))  # member, associate, state or organization
    capacity: Mapped[int | None]  # None: only the meeting's own limit holds
    colour: Mapped[str] = mapped_column(String(7))
    ink: Mapped[str] = mapped_column(String(7))
    letter: Mapped[str] = mapped_column(String(2))
    shape: Mapped[str] = mapped_column(String(12))
    protocol_order: Mapped[int]
    credential: Mapped[str] = mapped_column(String(200), default="")  # what the letter must be, in words
    needs_approval: Mapped[bool]
    needs_letter: Mapped[bool]
    takes_registrations: Mapped[bool]  # False: the secretariat adds these people itself
    badge_layout: Mapped[Record] = mapped_column(default=dict)  # size and parts of its badges; {} is the meeting's

    meeting: Mapped[Meeting] = relationship(back_populates="categories")


class SessionKind(Worded):
    """A kind of session of a meeting's own. One without any has those of the vocabulary."""

    __tablename__ = "session_kind"
    __table_args__ = (UniqueConstraint("meeting_id", "code"),)
    in_languages: ClassVar[tuple[str, ...]] = ("name",)
    in_vocabulary: ClassVar[bool] = True

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    code: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(120))
    colour: Mapped[str] = mapped_column(String(7))
    shape: Mapped[str] = mapped_column(String(12))
    chapter: Mapped[str] = mapped_column(String(20), default="")  # of a report, by its outline or the meeting; or ''
    position: Mapped[int] = mapped_column(default=0)

    meeting: Mapped[Meeting] = relationship(back_populates="kinds")

    @property
    def label(self) -> str:
        """The kind, in the reader's language."""
        return worded(self, "name")


class Document(Worded):
    """A paper of the meeting, by its symbol."""

    __tablename__ = "document"
    __table_args__ = (UniqueConstraint("meeting_id", "symbol"),)
    in_languages: ClassVar[tuple[str, ...]] = ("title",)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    symbol: Mapped[str] = mapped_column(String(80))
    title: Mapped[str] = mapped_column(String(300))
    address: Mapped[str] = mapped_column(String(500), default="")  # http or https, '' where there is none
    kind: Mapped[str] = mapped_column(String(20), default="other")  # a code of documents/kinds.py
    agenda_item: Mapped[str] = mapped_column(String(20), default="")
    audience: Mapped[str] = mapped_column(String(20), default="public")  # who may open it; everybody sees its title
    position: Mapped[int] = mapped_column(default=0)

    meeting: Mapped[Meeting] = relationship(back_populates="documents")


class Staff(Base):
    """A person's role at one meeting, from when until when. Ended, never deleted."""

    __tablename__ = "staff"
    __table_args__ = (Index("ix_staff_person", "person_id", "meeting_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    role: Mapped[str] = mapped_column(String(20))
    granted_at: Mapped[datetime]
    granted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    meeting: Mapped[Meeting] = relationship(back_populates="staff")
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
