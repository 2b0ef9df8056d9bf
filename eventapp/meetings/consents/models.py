from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from eventapp.ground.db.types import Base, Record
from eventapp.meetings.consents.words import SHIPPED, shipped_in


class ConsentWording(Base):
    """A version of what one meeting asks consent to, in one language. Never changed: those who agreed stay with it."""

    __tablename__ = "consent_wording"
    __table_args__ = (UniqueConstraint("meeting_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    number: Mapped[int]  # of all languages of the meeting; in force is the highest of its language
    language: Mapped[str] = mapped_column(String(8))
    texts: Mapped[Record]  # name of the consent → text; those in the shipped words are left out
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    @property
    def whole(self) -> dict[str, str]:
        """Every text in the order of the form; where the meeting has none of its own, the shipped one."""
        return {**shipped_in(self.language), **{name: self.texts[name] for name in SHIPPED if name in self.texts}}
