from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from eventapp.ground.db.types import Base
from eventapp.ground.text.names import KEY_LENGTH, name_key
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person


def key_of_name(context: DefaultExecutionContext) -> str:
    """The key of a row that is put in by its values alone."""
    return name_key((context.current_parameters or {})["name"])


class Nominee(Base):
    """Somebody who was put forward for a meeting, whether they ask to come or not. Only counted, and removed for good.

    Nobody of the list has said yes to it: it holds no address, and nothing but the organizers' pages reads it.
    """

    __tablename__ = "nominee"
    __table_args__ = (
        UniqueConstraint("meeting_id", "key"),
        Index("ix_nominee_name_key", "meeting_id", "name_key"),
        Index("ix_nominee_unknown", "id", sqlite_where=text("name_key IS NULL")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    key: Mapped[str] = mapped_column(String(800))  # the words of the name and of the delegation: nobody is on it twice
    name: Mapped[str] = mapped_column(String(200))
    name_key: Mapped[str | None] = mapped_column(String(KEY_LENGTH), default=key_of_name)  # a registration has the same
    delegation: Mapped[str] = mapped_column(String(200))  # State or organization
    stakeholder_type: Mapped[str] = mapped_column(String(20))  # a code of the vocabulary
    country: Mapped[str] = mapped_column(String(3), default="")  # ISO 3166-1 alpha-3
    gender: Mapped[str] = mapped_column(String(12), default="")  # woman, man or empty
    added_at: Mapped[datetime]
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    meeting: Mapped[Meeting] = relationship()
    added_by: Mapped[Person | None] = relationship()

    @validates("name")
    def _know_by_it(self, _column: str, name: str) -> str:
        self.name_key = name_key(name)
        return name

    def know_by_name(self) -> None:
        """Give this row its key, if a machine of the release before wrote it."""
        self.name_key = name_key(self.name)
