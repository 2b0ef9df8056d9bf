"""Who was asked by link to confirm which words, and what they answered: two tables."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.agenda.models import Session, SpeakingRole
from eventapp.drafts.models import Draft, HasDraft
from eventapp.ground.db.types import Base
from eventapp.links.models import Purpose
from eventapp.people.models import Person
from eventapp.record.notes.models import Note
from eventapp.registration.models import Registration

AGREED, WORDED, OBJECTED = "confirmed", "corrected", "objected"  # what somebody answers by link
Addressee = SpeakingRole | Registration  # somebody of the session, or a participant who spoke from the floor


class Confirmation(HasDraft, Base):
    """A request to a moderator or speaker to confirm notes by link, and the answer; its draft until it is sent."""

    draft_kind = "answer"

    __tablename__ = "confirmation"
    __table_args__ = (CheckConstraint("(role_id IS NULL) <> (registration_id IS NULL)", name="one_is_asked"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id"), index=True)
    role_id: Mapped[int | None] = mapped_column(ForeignKey("speaking_role.id"))
    registration_id: Mapped[int | None] = mapped_column(ForeignKey("registration.id"))  # of who has no part in it
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    expires_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(String(12), default="")  # the strongest of its replies
    reminded_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]

    session: Mapped[Session] = relationship()
    role: Mapped[SpeakingRole | None] = relationship()
    registration: Mapped[Registration | None] = relationship()
    replies: Mapped[list["Reply"]] = relationship(back_populates="confirmation", order_by="Reply.id")

    @property
    def meeting_id(self) -> int:
        return self.session.meeting_id

    @property
    def who(self) -> Addressee:
        """Whom it was sent to: a part in the session, or the registration of who has none."""
        asked = self.role or self.registration
        if asked is None:
            raise LookupError(self.id)
        return asked

    @property
    def person(self) -> Person | None:
        return self.who.person

    @property
    def name(self) -> str:
        return called(self.who)

    def is_open(self, at: datetime) -> bool:
        """Whether the link may still be answered at this moment: not once a participant is none any more."""
        is_off = self.registration is not None and not self.registration.holds_a_place
        return self.answered_at is None and self.ended_at is None and at < self.expires_at and not is_off


class Reply(Base):
    """What somebody answered by link to one note. An objection or a correction is open until somebody settled it."""

    __tablename__ = "reply"
    __table_args__ = (UniqueConstraint("confirmation_id", "note_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    confirmation_id: Mapped[int] = mapped_column(ForeignKey("confirmation.id"))
    note_id: Mapped[int] = mapped_column(ForeignKey("note.id"), index=True)
    revision: Mapped[int]  # the one they read
    answer: Mapped[str] = mapped_column(String(12))  # confirmed, corrected, objected
    reason: Mapped[str] = mapped_column(String(1000), default="")  # why they object
    kept_id: Mapped[int | None] = mapped_column(ForeignKey("draft.id"), index=True)  # the words they propose
    at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    settlement: Mapped[str] = mapped_column(String(500), default="")  # what was done about it

    confirmation: Mapped[Confirmation] = relationship(back_populates="replies")
    note: Mapped[Note] = relationship()
    draft: Mapped[Draft | None] = relationship()

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to decide: a text may also be settled beside the note itself."""
        return self.answer in (WORDED, OBJECTED) and not (self.settled_at or (self.draft and not self.draft.is_open))


def called(who: Addressee) -> str:
    """The name they have in the session: of the agenda, or of the list of participants."""
    return who.name if isinstance(who, SpeakingRole) else who.record_name


LINK = Purpose("confirmation", Confirmation)
