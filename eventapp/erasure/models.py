from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.ground.db.types import Base
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person


class Erasure(Base):
    """That somebody be erased, asked for at one of their meetings or by an administrator for none in particular.

    Whoever has no row yet is given one when it is asked. `place` and `after` say how far the worker is.
    """

    __tablename__ = "erasure"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    reason: Mapped[str] = mapped_column(String(500))
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    is_confirmed: Mapped[bool] = mapped_column(default=False)
    names: Mapped[list[str]] = mapped_column(default=list)  # as who asked calls them; then all that is looked for
    place: Mapped[str] = mapped_column(String(80), default="")  # the table that was looked through last, "" for none
    after: Mapped[int] = mapped_column(default=0)  # the number of the row up to which it was
    done_at: Mapped[datetime | None]

    meeting: Mapped[Meeting | None] = relationship()
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    asked_by: Mapped[Person] = relationship(foreign_keys=[asked_by_id])
    decided_by: Mapped[Person | None] = relationship(foreign_keys=[decided_by_id])
