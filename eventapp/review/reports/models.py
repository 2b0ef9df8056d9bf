from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, case, literal_column, or_
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from eventapp.ground.db.compressed import CompressedRecord
from eventapp.ground.db.types import Base, Record, mark_of_a_write
from eventapp.ground.text.policy import search_key
from eventapp.meetings.models import Body, Meeting
from eventapp.people.models import Person
from eventapp.record.notes.models import Note, Revision

OVER, BEHIND, HEAD = "over", "after", "head"  # kinds of drafts: of a paragraph, behind it, heading a chapter


class Report(Base):
    """One text for one body under one attribution policy. `content` and `sha256` once it is published."""

    __tablename__ = "report"
    __table_args__ = (UniqueConstraint("meeting_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    name: Mapped[str] = mapped_column(String(80))  # in its address
    title: Mapped[str] = mapped_column(String(300))
    symbol: Mapped[str] = mapped_column(String(80), default="")
    body_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"))
    policy: Mapped[str] = mapped_column(String(12))  # the most it says of a source, a ceiling of the vocabulary
    outline: Mapped[str] = mapped_column(String(40))
    language: Mapped[str] = mapped_column(String(12), default="en")  # of its text
    created_at: Mapped[datetime]
    compiled_at: Mapped[datetime | None]
    summary: Mapped[str] = mapped_column(Text, default="")  # as an editor wrote it; '' is made from the notes
    version: Mapped[int] = mapped_column(default=0)  # of what was published last; 0 before
    published_at: Mapped[datetime | None]
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    corrects: Mapped[str] = mapped_column(String(80), default="")  # of a corrigendum: the name of the report it is to

    meeting: Mapped[Meeting] = relationship()
    body: Mapped[Body | None] = relationship()
    chapters: Mapped[list["Chapter"]] = relationship(back_populates="report", order_by="Chapter.position")

    @property
    def body_names(self) -> tuple[str, ...]:
        """Whom it goes to: its body, else all bodies of the meeting, else who convenes it."""
        bodies = [self.body] if self.body else self.meeting.bodies
        return tuple(body.name for body in bodies) or (self.meeting.organization,)

    @property
    def addressees(self) -> tuple[str, ...]:
        """Whose attention its recommendations are brought to: the lowest organ at its head, else whom it goes to."""
        organs = (self.body.organs if self.body else None) or self.meeting.organs
        return (organs[-1],) if organs else self.body_names


class Correction(Base):
    """One entry of a corrigendum to a published version: the paragraph by its number, the words that are wrong."""

    __tablename__ = "correction"

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"), index=True)
    version: Mapped[int]
    paragraph: Mapped[str] = mapped_column(String(40))  # as it is printed: 7 or 7 (a)
    wrong: Mapped[str] = mapped_column(Text)
    reading: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(String(500))
    whose: Mapped[str] = mapped_column(String(200))  # who puts it right, as the corrigendum says
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    corrigendum_id: Mapped[int | None] = mapped_column(ForeignKey("report.id"))  # once it is published


class Chapter(Base):
    """A part of a report; `block` says which notes go in it, `section_of` in which chapter it is printed as a section.

    `section_of` is the block of the chapter above that it follows; behind another it is a chapter like any.
    While a large report is compiled, its new paragraphs are written to chapters that are of no report yet, and that
    nobody reads: see review/compilation/ahead.py.
    """

    __tablename__ = "chapter"

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"), index=True, nullable=True)
    ahead_at: Mapped[datetime | None]  # when it was written ahead, of one that is of no report
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(300))
    block: Mapped[str] = mapped_column(String(40))
    section_of: Mapped[str] = mapped_column(String(40), default="")

    report: Mapped[Report] = relationship(back_populates="chapters")
    paragraphs: Mapped[list["Paragraph"]] = relationship(back_populates="chapter", order_by="Paragraph.position")


class Paragraph(Base):
    """One numbered paragraph. A hand-edited one stays as the editor left it; the number follows from its place."""

    __tablename__ = "paragraph"
    __table_args__ = (Index("ix_paragraph_stand", "chapter_id", "id", "mark"),)  # read without the words beside it

    id: Mapped[int] = mapped_column(primary_key=True)
    chapter_id: Mapped[int] = mapped_column(ForeignKey("chapter.id"), index=True)
    position: Mapped[int]
    origin: Mapped[str] = mapped_column(String(12))  # fixed, counted, notes, hand, own
    source_key: Mapped[str] = mapped_column(String(80), default="")  # what it was made from, to find it again
    text: Mapped[str] = mapped_column(Text)  # a footnote stands where its mark shall: ^[A/RES/70/125]
    words: Mapped[str] = mapped_column(Text, default="")  # the same folded, to be found by
    generated: Mapped[str] = mapped_column(Text)
    heading: Mapped[str] = mapped_column(String(300), default="")  # the sub-heading above it
    # The text cut in sentences: {"key", "text", "made", "notes"}, in order; none for a paragraph that is no text of
    # notes. review/compiling/sentence_records.py says what each part means.
    sentences: Mapped[list[Record]] = mapped_column(default=list)
    edited_at: Mapped[datetime | None]
    edited_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    is_locked: Mapped[bool] = mapped_column(default=False)  # compiling leaves all of it, not only what an editor wrote
    removed_at: Mapped[datetime | None]
    level: Mapped[int] = mapped_column(default=0)  # 1 for a sub-paragraph of the numbered one above
    version: Mapped[int] = mapped_column(default=1)
    mark: Mapped[str] = mark_of_a_write()

    chapter: Mapped[Chapter] = relationship(back_populates="paragraphs")
    edited_by: Mapped[Person | None] = relationship()
    evidence: Mapped[list["Evidence"]] = relationship(back_populates="paragraph", order_by="Evidence.position")

    @validates("text")
    def fold(self, _name: str, text: str) -> str:
        """Let it be found by this text."""
        self.words = search_key(text)
        return text

    @property
    def meeting_id(self) -> int:
        return self.chapter.report.meeting_id

    @property
    def is_generated(self) -> bool:
        """Whether it stands as it was made, so that compiling may write it anew."""
        return self.edited_at is None and self.removed_at is None


# What others are numbered by: footnotes, references, lines of points. Few have any, and these are found by an index:
# to look for them in every text, a report of a thousand paragraphs is read. Literals, or no index is seen. As a figure,
# for PostgreSQL takes nearly every text to have a given letter in it, and would read them all.
HAS_MARK = or_(*(Paragraph.text.like(literal_column(f"'%{mark}%'")) for mark in ("^[", "{", "\n")))
IS_MARKED = case((HAS_MARK, literal_column("1")), else_=literal_column("0")) == literal_column("1")
Index("ix_paragraph_numbering", Paragraph.chapter_id, sqlite_where=IS_MARKED)
Index("ix_paragraph_marked", Paragraph.chapter_id, sqlite_where=HAS_MARK)  # of the release before; goes with the next


class Evidence(Base):
    """The link from a paragraph to the exact revision it rests on."""

    __tablename__ = "evidence"
    __table_args__ = (UniqueConstraint("paragraph_id", "note_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    paragraph_id: Mapped[int] = mapped_column(ForeignKey("paragraph.id"))
    note_id: Mapped[int] = mapped_column(ForeignKey("note.id"), index=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)

    paragraph: Mapped[Paragraph] = relationship(back_populates="evidence")
    note: Mapped[Note] = relationship()
    revision: Mapped[Revision] = relationship()


class Comment(Base):
    """What an editor says of a paragraph to the other editors. Answers hang on the comment that began the thread.

    No output reads it: what editors say to each other stays in the editor.
    """

    __tablename__ = "comment"

    id: Mapped[int] = mapped_column(primary_key=True)
    paragraph_id: Mapped[int] = mapped_column(ForeignKey("paragraph.id"), index=True)
    thread_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id"), index=True)  # None for the first of one
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    settled_at: Mapped[datetime | None]  # of a whole thread, on its first comment
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    paragraph: Mapped[Paragraph] = relationship()
    by: Mapped[Person | None] = relationship(foreign_keys=by_id)
    settled_by: Mapped[Person | None] = relationship(foreign_keys=settled_by_id)
    answers: Mapped[list["Comment"]] = relationship(order_by="Comment.id")


class LeftOut(Base):
    """A recommendation or commitment that does not go in, and why."""

    __tablename__ = "left_out"
    __table_args__ = (UniqueConstraint("report_id", "note_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"))
    note_id: Mapped[int] = mapped_column(ForeignKey("note.id"))
    reason: Mapped[str] = mapped_column(String(500))
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class Reason(Base):
    """Why words stay that are doubted; it holds wherever the report says them so, and for no other words."""

    __tablename__ = "finding_reason"

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"), index=True)
    kind: Mapped[str] = mapped_column(String(12))  # name, figure, support, sources
    what: Mapped[str] = mapped_column(String(300))  # the name or figure
    words: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(String(500))
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    by: Mapped[Person | None] = relationship()


class Snapshot(Base):
    """The words of a report as they were at one moment, for editors to compare. It never changes."""

    __tablename__ = "kept_version"
    __table_args__ = (UniqueConstraint("report_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"))
    number: Mapped[int]
    why: Mapped[str] = mapped_column(String(12))  # edited, compiled, kept, clearance, adopted, published
    remark: Mapped[str] = mapped_column(String(200), default="")  # what the editor who kept it calls it
    lines: Mapped[list[Record]]  # as versions/snapshots.py: Line says each; [] where `packed` has them
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    digest: Mapped[str | None] = mapped_column(String(64))  # of the lines in JSON; None: a release before kept it
    packed: Mapped[bytes | None] = mapped_column(LargeBinary)  # many lines, compressed

    by: Mapped[Person | None] = relationship()


class Edition(Base):
    """A report as published: immutable, with its version and the hash of its content."""

    __tablename__ = "edition"
    __table_args__ = (UniqueConstraint("report_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"))
    version: Mapped[int]
    content: Mapped[Record] = mapped_column(CompressedRecord)  # as review/reports/editions.py: content_of writes it
    sha256: Mapped[str] = mapped_column(String(64))
    published_at: Mapped[datetime]
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    report: Mapped[Report] = relationship()
