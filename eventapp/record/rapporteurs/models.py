"""When a rapporteur writes: one table."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from eventapp.ground.db.types import Base


class Shift(Base):
    """From when to when a rapporteur writes; without one, the whole session."""

    __tablename__ = "shift"

    id: Mapped[int] = mapped_column(primary_key=True)
    role_id: Mapped[int] = mapped_column(ForeignKey("speaking_role.id"), unique=True)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
