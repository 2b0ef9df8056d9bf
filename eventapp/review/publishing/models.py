from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from eventapp.ground.db.types import Base


class NotesLeft(Base):
    """The notes of a large edition that are still to be put before the world, some at a time; no row where all are.

    It stands apart from the edition: to change that row is to write all of its content again.
    """

    __tablename__ = "notes_left"

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), primary_key=True)
    notes: Mapped[list[int]]
