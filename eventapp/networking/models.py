from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.agenda.models import Session
from eventapp.ground.db.types import Base
from eventapp.meetings.models import Meeting
from eventapp.registration.models import Registration

NOBODY, GOVERNMENTS, PARTICIPANTS = "nobody", "governments", "participants"
AUDIENCES = (NOBODY, GOVERNMENTS, PARTICIPANTS)
MOST_REQUESTS, MOST_ANSWER_HOURS = 100, 336  # of one participant in 24 hours; two weeks
OF_GOVERNMENTS = ("government", "igo", "un")  # types of stakeholder that find those who chose GOVERNMENTS


class NetworkingRules(Base):
    """What a meeting says about networking. Without a row, or with one that is shut, participants have none of it."""

    __tablename__ = "networking_rules"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), unique=True)
    is_open: Mapped[bool]
    requests_a_day: Mapped[int] = mapped_column(default=10)  # that one participant may send
    answer_hours: Mapped[int] = mapped_column(default=24)  # that a request waits for its answer and keeps its slot
    announced_version: Mapped[int] = mapped_column(default=0)  # of the agenda, with which what was agreed was compared
    session_id: Mapped[int | None] = mapped_column(ForeignKey("session.id"))  # whose record takes commitments

    meeting: Mapped[Meeting] = relationship()
    session: Mapped[Session | None] = relationship()


class NetworkingConsent(Base):
    """Who may find a participant. Without a row nobody may."""

    __tablename__ = "networking_consent"
    __table_args__ = (CheckConstraint("audience IN ('nobody', 'governments', 'participants')", name="audience_known"),)

    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"), primary_key=True)
    audience: Mapped[str] = mapped_column(String(12))
    at: Mapped[datetime]


class NetworkingBlock(Base):
    """Two who do not find each other any more: one of them said so, and the other is not told."""

    __tablename__ = "networking_block"

    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"), primary_key=True)
    blocked_id: Mapped[int] = mapped_column(ForeignKey("registration.id"), primary_key=True, index=True)
    at: Mapped[datetime]

    blocked: Mapped[Registration] = relationship(foreign_keys=blocked_id)
