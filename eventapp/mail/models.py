from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.ground.db.types import Base

WAITING, SENT, FAILED = "waiting", "sent", "failed"
OVER_WITH_WORDS = "emptied_at IS NULL AND state <> 'waiting'"  # word for word in a query too, or SQLite reads no index
AT_ONCE, TO_ONE, TO_MANY = -1, 0, 1  # priorities: first what somebody waits for at the screen, last what goes to many


class Letter(Base):
    """One e-mail in the outbox. `due_at` is also the lease: a worker that takes a letter moves it forward.

    Its words hold links and codes only as long as it may be sent: afterwards `html` is "" (`forget_secrets`).
    LETTERS_KEPT later all its words go, and the subject if somebody typed it (`empty_old`).
    """

    __tablename__ = "letter"
    __table_args__ = (
        Index("ix_letter_due", "state", "priority", "due_at"),
        Index(
            "uq_letter_dedupe", "dedupe", unique=True, sqlite_where=text("dedupe IS NOT NULL")
        ),  # few letters have one
        Index("ix_letter_due_at", "due_at", sqlite_where=text(OVER_WITH_WORDS)),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    to: Mapped[str] = mapped_column(String(254))
    to_name: Mapped[str] = mapped_column(String(200), default="")
    subject: Mapped[str] = mapped_column(String(500))
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(8), default="en")
    kind: Mapped[str] = mapped_column(String(80))  # the template it was made from
    about: Mapped[str | None] = mapped_column(String(80), index=True)  # "registration:12"
    meeting_id: Mapped[int | None] = mapped_column(index=True)  # a number, not a key: mail stands below meetings
    dedupe: Mapped[str | None] = mapped_column(String(160))
    message_id: Mapped[str] = mapped_column(String(200))
    posted_at: Mapped[datetime]
    due_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)  # also the fencing token of the lease
    state: Mapped[str] = mapped_column(String(8), default=WAITING)
    priority: Mapped[int] = mapped_column(default=TO_ONE)
    unsubscribe: Mapped[str] = mapped_column(String(300), default="")  # the address that ends such letters (RFC 8058)
    sent_at: Mapped[datetime | None]
    last_error: Mapped[str | None] = mapped_column(Text)
    emptied_at: Mapped[datetime | None]  # when its words went

    enclosures: Mapped[list["Enclosure"]] = relationship(
        back_populates="letter", order_by="Enclosure.id", cascade="all, delete-orphan"
    )


class Enclosure(Base):
    """A file that goes with a letter; `content_id` where the HTML part shows it."""

    __tablename__ = "enclosure"

    id: Mapped[int] = mapped_column(primary_key=True)
    letter_id: Mapped[int] = mapped_column(ForeignKey("letter.id"), index=True)
    name: Mapped[str] = mapped_column(String(100))
    content_type: Mapped[str] = mapped_column(String(100))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    content_id: Mapped[str | None] = mapped_column(String(100))

    letter: Mapped[Letter] = relationship(back_populates="enclosures")
