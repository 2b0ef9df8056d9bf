from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.agenda.models import Session
from eventapp.badges.models import Badge
from eventapp.ground.db.types import Base, Record
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person
from eventapp.registration.models import Registration

WELCOME, ALREADY, REFUSED = "welcome", "already", "refused"
LEFT = "left"  # read on the way out
HELD = "held"  # nobody is in by it until an organizer decides
SELF = "self"  # how somebody is read who checks in by themselves
IDENTIFY = "identify"  # who a typed number belongs to: the steward looks at the person first, and nothing is kept


class Gate(Base):
    """A door: of the building, or of one session."""

    __tablename__ = "gate"
    __table_args__ = (UniqueConstraint("meeting_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    code: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(120))
    session_id: Mapped[int | None] = mapped_column(ForeignKey("session.id"))
    closed_at: Mapped[datetime | None]
    admission: Mapped[Record] = mapped_column(default=dict)  # who may enter: see Admission
    reads_out: Mapped[bool] = mapped_column(default=False)  # whether people are read on the way out too
    self_check_in: Mapped[bool] = mapped_column(default=False)  # whether participants check in by themselves here

    meeting: Mapped[Meeting] = relationship()
    session: Mapped[Session | None] = relationship()


class Scan(Base):
    """One reading of a badge at a gate, with its verdict. Every reading is kept; the key counts an upload once."""

    __tablename__ = "scan"
    __table_args__ = (Index("ix_scan_registration", "registration_id", "scanned_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    gate_id: Mapped[int] = mapped_column(ForeignKey("gate.id"), index=True)
    badge_id: Mapped[int | None] = mapped_column(ForeignKey("badge.id"))
    registration_id: Mapped[int | None] = mapped_column(ForeignKey("registration.id"))
    client_key: Mapped[str] = mapped_column(String(64), unique=True)
    method: Mapped[str] = mapped_column(String(10))  # camera, typed, search, self
    read: Mapped[str] = mapped_column(String(60))  # the code as it was read
    scanned_at: Mapped[datetime]  # by the server's clock, or the device's where it was offline
    received_at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    verdict: Mapped[str] = mapped_column(String(10))  # welcome, left, refused, held
    reason: Mapped[str] = mapped_column(String(40), default="")
    answered: Mapped[str] = mapped_column(String(10), default="")  # what the steward was shown then; "" for nothing
    settled_at: Mapped[datetime | None]  # when an organizer looked at what that and the verdict say against each other
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    gate: Mapped[Gate] = relationship()
    badge: Mapped[Badge | None] = relationship()
    registration: Mapped[Registration | None] = relationship()
    by: Mapped[Person | None] = relationship(foreign_keys=[by_id])


class BalanceCount(Base):
    """The balance of a meeting as anyone may read it, counted once; while it is closed nobody but organizers does.

    It is kept here, below all that prints a number of people, so that nothing is counted for the public twice.
    """

    __tablename__ = "balance_count"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), unique=True)
    counted_at: Mapped[datetime]
    counted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    closed_at: Mapped[datetime | None]
    content: Mapped[Record]  # only what may be shown: totals, and groups of five and more
    named: Mapped[list[int]] = mapped_column(default=list)  # registrations a list named since, or would have then

    meeting: Mapped[Meeting] = relationship()
