from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from eventapp.ground.db.types import Base, Record


class MeetingKind(Base):
    """A kind of meeting of the installation. Ended, never deleted: meetings of it go on as it says."""

    __tablename__ = "meeting_kind"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)  # in meeting files and packages
    name: Mapped[str] = mapped_column(String(120), unique=True)  # in English
    names: Mapped[Record] = mapped_column(default=dict)  # in the other languages of the United Nations
    retention: Mapped[Record] = mapped_column(default=dict)  # sort of personal data -> days, where not the usual ones
    position: Mapped[int]
    ended_at: Mapped[datetime | None]  # from then on no meeting is given this kind
    version: Mapped[int] = mapped_column(default=1)

    def name_in(self, tongue: str) -> str:
        """Its name in this language, else the English one."""
        name: str = self.names.get(tongue, "")
        return name or self.name
