"""Typing: what an editor has written and not saved yet is kept, for them alone, until they save it.

Over a paragraph that stands, and as a new one behind a paragraph or at the head of a chapter.
"""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import joinedload

from eventapp.db import db, lock
from eventapp.people.models import Person
from eventapp.refusal import Refused
from eventapp.review.editing import add
from eventapp.review.models import Chapter, Paragraph, Report, StartedParagraph, TypedParagraph
from eventapp.windows import goes_on
from eventapp.words import _


@dataclass(frozen=True)
class Typing:
    """What somebody types: over which version of a paragraph, and after which of what was kept before."""

    text: str
    version: int
    base: int = 0
    mark: str = ""  # the window it comes from, and the how-manieth of it


@dataclass
class Unsaved:
    """What of a report was typed and not saved: one's own, and who else is typing.

    Over a paragraph by the number of its row; new ones by their place, such as after-7 or head-3.
    """

    mine: dict[int, TypedParagraph] = field(default_factory=dict)
    others: dict[int, list[TypedParagraph]] = field(default_factory=dict)
    started: dict[str, StartedParagraph] = field(default_factory=dict)
    others_started: dict[str, list[StartedParagraph]] = field(default_factory=dict)


def keep_typing(paragraph: Paragraph, typed: Typing, *, by: Person, at: datetime) -> int:
    """Keep it in the place of what they typed there before; returns the number to go on from.

    Refused where another window of theirs kept something since: neither overwrites the other.
    """
    lock(paragraph)
    row = typed_over(paragraph, by)
    if row is None:
        row = TypedParagraph(paragraph_id=paragraph.id, by_id=by.id, number=typed.base)
        db.session.add(row)
    elif is_overtaken(row, typed):
        raise Refused(_("You are typing this paragraph in another window. Open the paragraph again to go on."))
    row.text, row.base, row.at, row.mark = typed.text, typed.version, at, typed.mark
    row.number += 1
    return row.number


def keep_started(place: Paragraph | Chapter, typed: Typing, *, by: Person, at: datetime) -> int:
    """Keep a new paragraph of theirs for this place; returns the number to go on from.

    Refused where another window of theirs kept something since, or added or discarded it.
    """
    lock(place)
    row = started_at(place, by)
    if is_gone(row, typed):
        raise Refused(_("This paragraph was added or let go in another window. Open the place again to go on."))
    if row is None:
        row = StartedParagraph(by_id=by.id, number=0, **_columns(place))
        db.session.add(row)
    elif is_overtaken(row, typed):
        raise Refused(_("You are typing this paragraph in another window. Open the place again to go on."))
    row.text, row.at, row.mark = typed.text, at, typed.mark
    row.number += 1
    return row.number


def is_gone(row: StartedParagraph | None, typed: Typing) -> bool:
    """Whether what was typed went on from something that is not kept any more: it was added or discarded."""
    return row is None and typed.base > 0


def is_overtaken(row: TypedParagraph | StartedParagraph, typed: Typing) -> bool:
    """Whether another window kept something else after what this one knows of."""
    return row.number != typed.base and row.text != typed.text and not goes_on(row.mark, typed.mark)


def discard(paragraph: Paragraph, *, by: Person | None) -> None:
    """Let go of what this person typed over the paragraph: it was saved, or they do not want it."""
    lock(paragraph)
    mine = TypedParagraph.by_id == (by.id if by else None)
    db.session.execute(delete(TypedParagraph).where(TypedParagraph.paragraph_id == paragraph.id, mine))


def typed_over(paragraph: Paragraph, by: Person) -> TypedParagraph | None:
    """What this person typed over the paragraph and has not saved."""
    query = select(TypedParagraph).where(TypedParagraph.paragraph_id == paragraph.id, TypedParagraph.by_id == by.id)
    return db.session.scalar(query)


def add_started(place: Paragraph | Chapter, typed: Typing, *, by: Person | None, at: datetime) -> Paragraph:
    """Write the new paragraph at its place, and let go of what was kept of it.

    Refused where it was added already, or let go, so that sending it twice does not write it twice.
    """
    lock(place)
    if is_gone(started_at(place, by) if by else None, typed):
        raise Refused(
            _("This paragraph was added or let go already. To add these words all the same, press Add again.")
        )
    discard_started(place, by=by)
    chapter, after = (place, None) if isinstance(place, Chapter) else (place.chapter, place)
    return add(chapter, typed.text, after=after, by=by, at=at)


def discard_started(place: Paragraph | Chapter, *, by: Person | None) -> None:
    """Let go of the new paragraph this person typed for the place."""
    lock(place)
    mine = StartedParagraph.by_id == (by.id if by else None)
    db.session.execute(delete(StartedParagraph).filter_by(**_columns(place)).where(mine))


def started_at(place: Paragraph | Chapter, by: Person) -> StartedParagraph | None:
    """The new paragraph this person has typed for the place and not added."""
    return db.session.scalar(select(StartedParagraph).filter_by(by_id=by.id, **_columns(place)))


def _columns(place: Paragraph | Chapter) -> dict[str, int]:
    return {"chapter_id" if isinstance(place, Chapter) else "after_id": place.id}


def unsaved_in(report: Report, person: Person | None) -> Unsaved:
    """What was typed in this report and not saved, in two queries."""
    query = (
        select(TypedParagraph)
        .join(TypedParagraph.paragraph)
        .join(Paragraph.chapter)
        .where(Chapter.report_id == report.id)
        .order_by(TypedParagraph.id)
        .options(joinedload(TypedParagraph.by))
        .execution_options(populate_existing=True)
    )
    found = Unsaved()
    for row in db.session.scalars(query):
        if person is not None and row.by_id == person.id:
            found.mine[row.paragraph_id] = row
        else:
            found.others.setdefault(row.paragraph_id, []).append(row)
    for new in _started_in(report):
        if person is not None and new.by_id == person.id:
            found.started[new.place] = new
        elif new.text:
            found.others_started.setdefault(new.place, []).append(new)
    return found


def _started_in(report: Report) -> list[StartedParagraph]:
    query = (
        select(StartedParagraph)
        .outerjoin(Paragraph, StartedParagraph.after_id == Paragraph.id)
        .join(Chapter, Chapter.id == func.coalesce(StartedParagraph.chapter_id, Paragraph.chapter_id))
        .where(Chapter.report_id == report.id)
        .order_by(StartedParagraph.id)
        .options(joinedload(StartedParagraph.by))
        .execution_options(populate_existing=True)
    )
    return list(db.session.scalars(query))
