from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.ground.db.types import Base
from eventapp.people.models import Person
from eventapp.registration.models import Upload


class PhotoStandard(Base):
    """What a meeting asks of photographs. Where it has no row, the usual: see `cutting.py`."""

    __tablename__ = "photo_standard"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), unique=True)
    across: Mapped[int]  # 35 × 45: the proportion
    down: Mapped[int]
    least_width: Mapped[int]  # pixels, once it is cut
    is_checked: Mapped[bool]  # whether badges and doors wait until an organizer accepts it


class PhotoCheck(Base):
    """What an organizer decided about one photograph. One that was replaced keeps what was decided about it."""

    __tablename__ = "photo_check"

    id: Mapped[int] = mapped_column(primary_key=True)
    upload_id: Mapped[int] = mapped_column(ForeignKey("upload.id"), unique=True)
    accepted: Mapped[bool]
    reason: Mapped[str] = mapped_column(String(1000), default="")  # why another is asked for, read by the person
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    upload: Mapped[Upload] = relationship()
    by: Mapped[Person | None] = relationship()
