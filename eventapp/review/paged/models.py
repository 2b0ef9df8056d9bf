from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from eventapp.ground.db.types import Base, Record


class EditionFront(Base):
    """What all the pages of an edition need, made from it and never edited; it is written when all of them are."""

    __tablename__ = "edition_front"

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), primary_key=True)
    symbol: Mapped[str] = mapped_column(String(80))
    notice: Mapped[str] = mapped_column(Text)  # the first: whether it is a draft
    # As the edition has them: there they stand behind all of its words, and SQLite reads those to find them.
    sha256: Mapped[str] = mapped_column(String(64))
    published_at: Mapped[datetime]
    content: Mapped[Record]  # of review/paged/content.py: Front


class EditionPage(Base):
    """One page of an edition, made from it and never edited."""

    __tablename__ = "edition_page"
    __table_args__ = (UniqueConstraint("edition_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    name: Mapped[str] = mapped_column(String(40))  # in its address
    content: Mapped[Record]  # likewise: ReportPage


class EditionPlace(Base):
    """On which page of an edition a paragraph, a heading or a footnote stands, by its name in an address."""

    __tablename__ = "edition_place"
    __table_args__ = (UniqueConstraint("edition_id", "anchor"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    anchor: Mapped[str] = mapped_column(String(40))
    page: Mapped[str] = mapped_column(String(40))
