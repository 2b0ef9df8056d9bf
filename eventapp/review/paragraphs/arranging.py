"""Arranging: moving, splitting, joining and indenting paragraphs, and the chapters they stand in.

Compiling leaves all of it as it is, and the editor can undo it.
"""

import re
from datetime import datetime

from eventapp.ground.db import db, lock
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.history.actions import record
from eventapp.people.models import Person
from eventapp.review.compiling.plan import HAND
from eventapp.review.compiling.sections import families
from eventapp.review.compiling.sentence_records import refitted
from eventapp.review.paragraphs.actions import hold_version
from eventapp.review.paragraphs.several import indent_all, join_all, move_all, with_below
from eventapp.review.paragraphs.steps import place, step
from eventapp.review.reports.models import Chapter, Evidence, Paragraph, Report
from eventapp.review.reports.queries import chapter_rows

EMPTY_LINE = re.compile(r"\n[^\S\n]*\n\s*")
UP, DOWN = "up", "down"


def move(paragraph: Paragraph, chapter: Chapter, *, before: Paragraph | None, by: Person | None, at: datetime) -> None:
    """Put the paragraph, and the sub-paragraphs under it, before another one of the chapter, or at its end."""
    move_all([paragraph], chapter, before=before, by=by, at=at)


def shift(paragraph: Paragraph, way: str, *, by: Person | None, at: datetime) -> None:
    """Move the paragraph one place up or down; from the edge of its chapter into the next one. Refused once removed.

    A numbered one takes its sub-paragraphs along, and goes past another one with those of that one.
    """
    lock(paragraph.chapter.report)
    refuse_removed(paragraph)
    chapters = chapter_rows(paragraph.chapter.report, anew=True)
    chapter = next(one for one in chapters if one.id == paragraph.chapter_id)
    stand = [one for one in chapter.paragraphs if one.removed_at is None]
    index, after = stand.index(paragraph), stand.index(paragraph) + len(with_below(paragraph))
    if way == UP and index:
        heads = [one for one in stand[:index] if not one.level] if not paragraph.level else []
        return move(paragraph, chapter, before=heads[-1] if heads else stand[index - 1], by=by, at=at)
    if way == DOWN and after < len(stand):
        past = len(with_below(stand[after])) if not paragraph.level else 1
        return move(paragraph, chapter, before=next(iter(stand[after + past :]), None), by=by, at=at)
    beside = chapters.index(chapter) + (-1 if way == UP else 1)
    if not 0 <= beside < len(chapters):
        raise Refused(_("The paragraph is at the end of the report already."))
    first = next((one for one in chapters[beside].paragraphs), None)
    return move(paragraph, chapters[beside], before=first if way == DOWN else None, by=by, at=at)


def refuse_removed(paragraph: Paragraph) -> None:
    """Refuse what cannot be done to a paragraph that was removed."""
    if paragraph.removed_at is not None:
        raise Refused(_("This paragraph was removed. Put it back first."))


def split(paragraph: Paragraph, text: str, *, version: int, by: Person | None, at: datetime) -> list[Paragraph]:
    """Make a paragraph of each part that an empty line sets off; each keeps the evidence, for the editor to sort.

    Refused where there is no empty line; raise Overtaken where somebody changed the paragraph first.
    """
    hold_version(paragraph, version)
    refuse_removed(paragraph)
    first, *rest = [part.strip() for part in EMPTY_LINE.split(text.strip()) if part.strip()] or [""]
    if not rest:
        raise Refused(_("Put an empty line where the paragraph shall be split, then split it."))
    with step("split paragraph", [paragraph], by=by, at=at, parts=len(rest) + 1) as made:
        sentences = paragraph.sentences
        paragraph.text, paragraph.sentences = first, refitted(sentences, first)
        _sign(paragraph, by, at)
        for offset, part in enumerate(rest, start=1):
            new = Paragraph(origin=HAND, text=part, generated="", position=0, level=paragraph.level, version=0)
            new.sentences = [one for one in refitted(sentences, part) if one["text"]]
            new.evidence = [
                Evidence(note_id=one.note_id, revision_id=one.revision_id, position=one.position)
                for one in paragraph.evidence
            ]
            _sign(new, by, at)
            chapter = paragraph.chapter
            chapter.paragraphs.append(new)
            place(new, chapter, chapter.paragraphs.index(paragraph) + offset)
            made.append(new)
    return made


def join(paragraph: Paragraph, *, by: Person | None, at: datetime) -> Paragraph:
    """Add the paragraph to the one before it, with its evidence. Refused for a chapter's first and once removed."""
    lock(paragraph.chapter.report)
    refuse_removed(paragraph)
    before = [one for one in paragraph.chapter.paragraphs if one.removed_at is None]
    index = before.index(paragraph)
    if not index:
        raise Refused(_("There is no paragraph before it in this chapter."))
    return join_all([before[index - 1], paragraph], by=by, at=at)


def indent(paragraph: Paragraph, level: int, *, by: Person | None, at: datetime) -> None:
    """Make it a sub-paragraph, (a), (b) …, of the numbered one above, or give it a number again.

    Refused where none is above it in its chapter.
    """
    indent_all([paragraph], level, by=by, at=at)


def add_chapter(report: Report, title: str, *, by: Person | None, at: datetime) -> Chapter:
    """Begin a chapter at the end of the report."""
    lock(report)
    chapters = chapter_rows(report, anew=True)
    own = sum(one.block.startswith("own-") for one in chapters) + 1
    position = max((one.position for one in chapters), default=-1) + 1
    chapter = Chapter(report_id=report.id, position=position, title=title, block=f"own-{own}", paragraphs=[])
    db.session.add(chapter)
    record("add chapter", report, by=by, at=at, title=title)
    return chapter


def name_chapter(chapter: Chapter, title: str, *, by: Person | None, at: datetime) -> None:
    """Give the chapter another title."""
    lock(chapter.report)
    before, chapter.title = chapter.title, title
    record("name chapter", chapter.report, by=by, at=at, before=before, after=title)


def shift_chapter(chapter: Chapter, way: str, *, by: Person | None, at: datetime) -> None:
    """Move the chapter one place up or down, with what stands in it and with its sections.

    A section goes past another one, and out at the edge of its chapter; a chapter goes into one that has sections.
    """
    report = chapter.report
    lock(report)
    found = families(chapter_rows(report, anew=True))
    if _shift(found, chapter, -1 if way == UP else 1):
        for position, one in enumerate(one for family in found for one in family):
            one.position = position
        record("move chapter", report, by=by, at=at, title=chapter.title, way=way)


def _shift(found: list[list[Chapter]], chapter: Chapter, by: int) -> bool:
    """Move it among the families; return whether there is such a place."""
    index = next(place for place, family in enumerate(found) if chapter in family)
    family, beside = found[index], index + by
    inside = family.index(chapter)
    if inside and 0 < inside + by < len(family):
        family[inside], family[inside + by] = family[inside + by], family[inside]
    elif inside:
        family.remove(chapter)
        chapter.section_of = ""
        found.insert(index + (by > 0), [chapter])
    elif not 0 <= beside < len(found):
        return False
    elif len(family) == 1 and len(found[beside]) > 1:
        chapter.section_of = found[beside][0].block
        found[beside].insert(1 if by > 0 else len(found[beside]), chapter)
        found.remove(family)
    else:
        found[index], found[beside] = found[beside], family
    return True


def _sign(paragraph: Paragraph, by: Person | None, at: datetime) -> None:
    paragraph.edited_at, paragraph.edited_by_id = at, by.id if by else None
