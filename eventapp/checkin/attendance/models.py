from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.ground.db.types import Base
from eventapp.people.models import Person
from eventapp.registration.models import Registration


class Excuse(Base):
    """Somebody was expected at a session, or at the building where none is named, and let organizers know."""

    __tablename__ = "excuse"

    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"), index=True)
    session_id: Mapped[int | None] = mapped_column(ForeignKey("session.id"))
    excused_at: Mapped[datetime]
    excused_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    registration: Mapped[Registration] = relationship()
    excused_by: Mapped[Person | None] = relationship()
