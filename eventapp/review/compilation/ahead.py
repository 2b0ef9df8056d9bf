"""A large report is written ahead: its new paragraphs by the hundred, in chapters of no report, which nobody reads.

What makes them current is one short transaction: a new chapter becomes one of the report, with all that is in it; what
goes into one that is there already is put into it. A run that fails takes them back; what one that died has left is
taken away by a later one.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import make_transient_to_detached
from sqlalchemy.orm.attributes import set_committed_value

from eventapp.ground.db import db, table_of
from eventapp.ground.db.apart import Rows, meanwhile
from eventapp.ground.db.types import Record
from eventapp.review.compilation.drafting import Drafted
from eventapp.review.reports.models import Chapter, Evidence, Paragraph

LARGE = 500  # new rows: fewer are written with the rest, in some 50 milliseconds
AT_ONCE = 100  # paragraphs of one transaction
DEFAULTS = {"heading": "", "level": 0, "is_locked": False, "version": 1}  # of a paragraph, where nobody set it
LEFT = timedelta(hours=1)  # after so long nobody waits to make it current


@contextmanager
def written_ahead(drafted: Drafted, rows: Rows, at: datetime) -> Iterator[None]:
    """Write the new paragraphs and what they rest on, and take them from the rows that are still to be written."""
    take_away_left(at)
    new = [one for one in rows.new if isinstance(one, Paragraph)]
    written = {id(row) for paragraph in new for row in (paragraph, *paragraph.evidence)}
    if len(written) < LARGE:
        yield
        return
    holders, made = list[int](), [one for one in rows.new if isinstance(one, Chapter)]
    try:
        for chapter, paragraphs in _by_chapter(new):
            is_new = chapter in made
            holder = meanwhile(partial(_holder, chapter if is_new else None, at))
            holders.append(holder)
            for first in range(0, len(paragraphs), AT_ONCE):
                some = paragraphs[first : first + AT_ONCE]
                meanwhile(partial(_write, some, holder))
            set_committed_value(chapter, "paragraphs", chapter.paragraphs)  # each is written, none is still to be
            if is_new:
                _there(chapter, holder, at)
                written.add(id(chapter))
                rows.changed.append(chapter)
            else:
                drafted.ahead[holder] = chapter
        rows.new[:] = [one for one in rows.new if id(one) not in written]
        drafted.number_known()
        yield
    except BaseException:
        take_away(holders)
        raise


def make_current(drafted: Drafted) -> None:
    """Put what was written ahead into the chapters of the report, which are written by now: a statement for each."""
    unread = {"synchronize_session": False}  # the rows in memory stand where they will be
    for holder, chapter in drafted.ahead.items():
        there = update(Paragraph).where(Paragraph.chapter_id == holder).values(chapter_id=chapter.id)
        db.session.execute(there.execution_options(**unread))
    db.session.execute(delete(Chapter).where(Chapter.id.in_(drafted.ahead)).execution_options(**unread))


def take_away_left(at: datetime) -> None:
    """Take away what runs have left that died before they made it current."""
    left = select(Chapter.id).where(Chapter.report_id.is_(None), Chapter.ahead_at < at - LEFT)
    take_away(list(db.session.scalars(left)))


def take_away(holders: Sequence[int]) -> None:
    """Take these chapters of no report away with all that is in them, some rows at a time."""

    def some_went() -> bool:
        in_them = select(Paragraph.id).join(Paragraph.chapter)
        in_them = in_them.where(Chapter.id.in_(holders), Chapter.report_id.is_(None)).limit(AT_ONCE)
        numbers = list(db.session.scalars(in_them))
        db.session.execute(delete(Evidence).where(Evidence.paragraph_id.in_(numbers)))
        db.session.execute(delete(Paragraph).where(Paragraph.id.in_(numbers)))
        if not numbers:
            db.session.execute(delete(Chapter).where(Chapter.id.in_(holders), Chapter.report_id.is_(None)))
        return bool(numbers)

    goes_on = bool(holders)
    while goes_on:
        goes_on = meanwhile(some_went)


def _by_chapter(new: Iterable[Paragraph]) -> list[tuple[Chapter, list[Paragraph]]]:
    found: dict[Chapter, list[Paragraph]] = defaultdict(list)
    for paragraph in new:
        found[paragraph.chapter].append(paragraph)
    return list(found.items())


def _holder(becomes: Chapter | None, at: datetime) -> int:
    """Write a chapter of no report, which may become this one of a report."""
    row = {"position": 0, "title": "", "block": "", "ahead_at": at}
    if becomes:
        row |= {"position": becomes.position, "title": becomes.title, "block": becomes.block}
        row["section_of"] = becomes.section_of or ""
    return db.session.scalars(insert(Chapter).values(row).returning(Chapter.id)).one()


def _there(chapter: Chapter, number: int, at: datetime) -> None:
    """The chapter is the row with this number, which is of its report from the moment in which that is written."""
    chapter.id, chapter.section_of = number, chapter.section_of or ""
    chapter.ahead_at = at
    make_transient_to_detached(chapter)
    chapter.ahead_at = None


def _write(paragraphs: Sequence[Paragraph], holder: int) -> None:
    """Write these at once; from then on they are rows that are there, as they are in memory."""
    evidence = [one for paragraph in paragraphs for one in paragraph.evidence]
    _insert(Paragraph, paragraphs, [{**_columns(one), "chapter_id": holder} for one in paragraphs])
    _insert(Evidence, evidence, [{**_columns(one), "paragraph_id": one.paragraph.id} for one in evidence])


def _insert(model: type[Paragraph | Evidence], objects: Sequence[Paragraph | Evidence], values: list[Record]) -> None:
    if not values:
        return
    query = insert(model).returning(model.id, sort_by_parameter_order=True)
    numbers = db.session.scalars(query, values)
    for one, number, known in zip(objects, numbers, values, strict=True):
        for name, value in {**known, "id": number}.items():
            setattr(one, name, value)
        make_transient_to_detached(one)


def _columns(one: Paragraph | Evidence) -> Record:
    """Return what the row will hold; what nobody set is as its column has it then."""
    own = [column.name for column in table_of(type(one)).c if not column.primary_key and column.name != "mark"]
    found = {name: getattr(one, name) for name in own}
    return {name: DEFAULTS.get(name) if value is None else value for name, value in found.items()}
