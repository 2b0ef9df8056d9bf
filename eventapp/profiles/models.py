from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.ground.db.types import Base, Record
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person

LONGEST = 3000  # characters of a biography in one language


class Profile(Base):
    """The public page of one person at one meeting. A row is consent: taken down, it is deleted with all it says."""

    __tablename__ = "profile"
    __table_args__ = (UniqueConstraint("meeting_id", "person_id"), UniqueConstraint("meeting_id", "code"))

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    code: Mapped[str] = mapped_column(String(60))  # in its address: made of the name, not of a number
    biography: Mapped[Record]  # by language
    shows_photo: Mapped[bool]  # that of the registration, where it may be shown
    published_at: Mapped[datetime]

    meeting: Mapped[Meeting] = relationship()
    person: Mapped[Person] = relationship()

    def biography_for(self, tongue: str) -> tuple[str, str]:
        """The biography for a reader of this language, and the language it is in: that, else the meeting's first."""
        written = [one for one in (tongue, *self.meeting.text_languages, *self.biography) if self.biography.get(one)]
        return (str(self.biography[written[0]]), written[0]) if written else ("", "")
