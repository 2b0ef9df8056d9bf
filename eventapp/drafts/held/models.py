from datetime import datetime

from sqlalchemy import LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from eventapp.ground.db.types import Base


class HeldFile(Base):
    """A file that was looked into, and whose form is not sent yet. No page serves it; its form alone takes it along."""

    __tablename__ = "held_file"
    __table_args__ = (UniqueConstraint("form_hash", "field"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    form_hash: Mapped[str] = mapped_column(String(64))  # of the secret that the form carries
    field: Mapped[str] = mapped_column(String(40))
    content_type: Mapped[str] = mapped_column(String(100))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    size: Mapped[int]  # bytes
    sha256: Mapped[str] = mapped_column(String(64))
    given_name: Mapped[str] = mapped_column(String(200))  # as the sender called it; never a path
    is_sealed: Mapped[bool] = mapped_column(default=False)  # the content, with the name before it: see queries.py
    held_at: Mapped[datetime] = mapped_column(index=True)
