"""The state of a session's record: one table."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.agenda.models import Session
from eventapp.ground.db.types import Base, Record


class SessionRecord(Base):
    """The state of one session's record: handed in when, by whom, lacking what; and which summary the world reads."""

    __tablename__ = "session_record"

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id"), unique=True)
    submitted_at: Mapped[datetime | None]
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    lacked: Mapped[list[str]] = mapped_column(default=list)  # the warnings of the checklist it was handed in with
    despite: Mapped[str] = mapped_column(String(500), default="")  # why it was handed in all the same
    nudged_at: Mapped[datetime | None]  # when its rapporteurs were told that it waits to be handed in
    summary_head: Mapped[int] = mapped_column(default=0)  # the newest revision of the summary, 0 before the first
    approved_head: Mapped[int | None]  # the one the world reads
    approved_at: Mapped[datetime | None]
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    attendance: Mapped[Record | None]  # who came, as it may be published beside the balance
    session: Mapped[Session] = relationship()
