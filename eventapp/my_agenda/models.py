from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.agenda.models import Session
from eventapp.ground.db.types import Base
from eventapp.registration.models import Registration

SIGNED, IN_LINE, LEFT = "signed", "in line", "left"


class Star(Base):
    """A session that somebody wants to see."""

    __tablename__ = "star"

    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"), primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id"), primary_key=True, index=True)
    at: Mapped[datetime]

    registration: Mapped[Registration] = relationship()
    session: Mapped[Session] = relationship()


class SignUp(Base):
    """Somebody's place in a session with so many places, or in the line for one. Left, never deleted."""

    __tablename__ = "sign_up"
    __table_args__ = (
        UniqueConstraint("session_id", "registration_id"),
        CheckConstraint("state IN ('signed', 'in line', 'left')", name="state_known"),
        Index("ix_sign_up_line", "session_id", "state", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id"))
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"), index=True)
    state: Mapped[str] = mapped_column(String(8))
    at: Mapped[datetime]  # since when they have this place, or stand in line

    session: Mapped[Session] = relationship()
    registration: Mapped[Registration] = relationship()
