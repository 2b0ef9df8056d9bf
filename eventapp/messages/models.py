from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.ground.db.types import Base, Record
from eventapp.mail.models import Letter
from eventapp.meetings.models import Meeting
from eventapp.meetings.worded import InTexts
from eventapp.people.models import Person
from eventapp.registration.models import Registration

DRAFT, REVIEW, SCHEDULED, SENDING, STOPPED = "draft", "review", "scheduled", "sending", "stopped"
PAUSED, MISSED = "paused", "missed"  # by an organizer; because no worker ran at its time
UNSUBSCRIBED, NO_ADDRESS, FAILING = "unsubscribed", "no address", "address fails"
LONGEST_TEXT = 20_000  # characters


class Message(InTexts):
    """What organizers write to many, by language: {"en": {"subject": …, "text": …}}."""

    __tablename__ = "message"
    __table_args__ = (Index("ix_message_due", "state", "send_at"),)

    in_languages: ClassVar[tuple[str, ...]] = ("subject", "text")

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    state: Mapped[str] = mapped_column(String(12))
    audience: Mapped[Record]  # as audience.py reads it
    is_necessary: Mapped[bool]  # for taking part: nobody can unsubscribe from it
    written_at: Mapped[datetime]
    written_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # who wants it read by a second person
    send_at: Mapped[datetime | None]  # None: at once
    days_before: Mapped[int | None]  # of a reminder: its time follows the first day of the meeting
    sent_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    started_at: Mapped[datetime | None]
    prepared_through: Mapped[int] = mapped_column(default=0)  # the last registration that has its letter
    prepared_at: Mapped[datetime | None]
    stopped_at: Mapped[datetime | None]

    meeting: Mapped[Meeting] = relationship()
    written_by: Mapped[Person | None] = relationship(foreign_keys=[written_by_id])
    asked_by: Mapped[Person | None] = relationship(foreign_keys=[asked_by_id])
    sent_by: Mapped[Person | None] = relationship(foreign_keys=[sent_by_id])

    @property
    def subject(self) -> str:
        """What it is called in lists: its subject in the first language it is written in."""
        return str(self.words_in(self.first_language)["subject"])

    @property
    def has_started(self) -> bool:
        """Whether letters of it were written already."""
        return self.state in (SENDING, STOPPED)


class Copy(Base):
    """The one letter of a message to one person; without a letter, why there is none."""

    __tablename__ = "message_copy"
    __table_args__ = (UniqueConstraint("message_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("message.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"))
    letter_id: Mapped[int | None] = mapped_column(ForeignKey("letter.id"), index=True)
    reason: Mapped[str] = mapped_column(String(20), default="")  # why it was not sent

    message: Mapped[Message] = relationship()
    registration: Mapped[Registration] = relationship()
    letter: Mapped[Letter | None] = relationship()


class Unsubscription(Base):
    """Somebody who wants no letters of a meeting that are not necessary."""

    __tablename__ = "unsubscription"

    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"), primary_key=True)
    at: Mapped[datetime]


class MessageRules(Base):
    """How a meeting writes: whether a second person reads each message before it leaves."""

    __tablename__ = "message_rules"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), primary_key=True)
    needs_review: Mapped[bool]
