from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from eventapp.ground.db.types import Base


class FailingAddress(Base):
    """An address at which no letter arrives, and what was said of it last. Its row goes when it works again."""

    __tablename__ = "failing_address"

    address: Mapped[str] = mapped_column(String(254), primary_key=True)  # as people's are kept
    failed_at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(String(1000))
