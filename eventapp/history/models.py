from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from eventapp.ground.db.types import Base, Record


class Entry(Base):
    """One line of history. `hash` covers the line and the hash before it; `number` has no gaps.

    Names may be taken out of it (erasing.py): then `hash` is still that of the line as it was written, and `resealed`
    covers what is left.
    """

    __tablename__ = "entry"
    __table_args__ = (
        Index("ix_entry_thing", "thing", "thing_id"),
        Index("ix_entry_meeting_number", "meeting_id", "number"),
        Index("ix_entry_meeting_thing", "meeting_id", "thing", "verb"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int | None] = mapped_column(unique=True)  # given when the transaction ends
    at: Mapped[datetime]
    by_id: Mapped[int | None]  # a number, not a key: history stands below people
    by_name: Mapped[str] = mapped_column(String(200))  # as it was then
    verb: Mapped[str] = mapped_column(String(60))
    thing: Mapped[str] = mapped_column(String(40))
    thing_id: Mapped[int]
    meeting_id: Mapped[int | None]  # a number, not a key: history stands below
    detail: Mapped[Record]
    previous: Mapped[str | None] = mapped_column(String(64))
    hash: Mapped[str | None] = mapped_column(String(64))
    resealed: Mapped[str | None] = mapped_column(String(64))


class ChainEnd(Base):
    """The newest link of the chain; one row, locked while a link is added."""

    __tablename__ = "chain_end"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))
