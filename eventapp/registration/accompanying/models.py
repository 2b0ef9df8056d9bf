from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from eventapp.ground.db.types import Base

MOST = 9  # whom one participant brings


class AccompanyingRules(Base):
    """As what accompanying persons come, and how many each participant may bring. Without a row nobody brings any."""

    __tablename__ = "accompanying_rules"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), unique=True)
    category: Mapped[str] = mapped_column(String(20))  # its code: a category that goes takes the rule along
    most: Mapped[int]
