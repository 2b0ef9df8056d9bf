"""Typing: what an editor has written over a paragraph and not saved yet is kept, for them alone, until they save it."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import joinedload

from eventapp.db import db, lock
from eventapp.people.models import Person
from eventapp.refusal import Refused
from eventapp.review.models import Chapter, Paragraph, Report, TypedParagraph
from eventapp.words import _


@dataclass(frozen=True)
class Typing:
    """What somebody types over a paragraph: over which of its versions, and after which of what was kept before."""

    text: str
    version: int
    base: int = 0


@dataclass
class Unsaved:
    """What of a report was typed and not saved: one's own, and who else is typing, by the number of the paragraph."""

    mine: dict[int, TypedParagraph] = field(default_factory=dict)
    others: dict[int, list[TypedParagraph]] = field(default_factory=dict)


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
    row.text, row.base, row.at = typed.text, typed.version, at
    row.number += 1
    return row.number


def is_overtaken(row: TypedParagraph, typed: Typing) -> bool:
    """Whether another window kept something else after what this one knows of."""
    return row.number != typed.base and row.text != typed.text


def discard(paragraph: Paragraph, *, by: Person | None) -> None:
    """Let go of what this person typed over the paragraph: it was saved, or they do not want it."""
    lock(paragraph)
    mine = TypedParagraph.by_id == (by.id if by else None)
    db.session.execute(delete(TypedParagraph).where(TypedParagraph.paragraph_id == paragraph.id, mine))


def typed_over(paragraph: Paragraph, by: Person) -> TypedParagraph | None:
    """What this person typed over the paragraph and has not saved."""
    query = select(TypedParagraph).where(TypedParagraph.paragraph_id == paragraph.id, TypedParagraph.by_id == by.id)
    return db.session.scalar(query)


def unsaved_in(report: Report, person: Person | None) -> Unsaved:
    """What was typed in this report and not saved, in one query."""
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
    return found
