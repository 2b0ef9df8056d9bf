"""Arranging: moving, splitting, joining and indenting paragraphs, and the chapters they stand in.

Compiling leaves all of it as it is, and the editor can undo it.
"""

import re
from datetime import datetime
from itertools import pairwise, takewhile

from eventapp.db import db, lock
from eventapp.history.actions import record
from eventapp.people.models import Person
from eventapp.refusal import Refused
from eventapp.review.editing import hold_version
from eventapp.review.models import Chapter, Evidence, Paragraph, Report
from eventapp.review.outline import HAND
from eventapp.review.queries import chapters_of
from eventapp.review.steps import place, step
from eventapp.words import _

EMPTY_LINE = re.compile(r"\n[^\S\n]*\n\s*")
UP, DOWN = "up", "down"


def move(paragraph: Paragraph, chapter: Chapter, *, before: Paragraph | None, by: Person | None, at: datetime) -> None:
    """Put the paragraph, and the sub-paragraphs under it, before another one of the chapter, or at its end.

    Refused across reports.
    """
    lock(chapter.report)
    if paragraph.chapter.report_id != chapter.report_id or (before and before.chapter is not chapter):
        raise Refused(_("That place is not in this report any more. Look at it again and move the paragraph."))
    carried = _with_below(paragraph)
    if before in carried:
        return
    with step("move paragraph", carried, by=by, at=at, chapter=chapter.title):
        others = [one for one in chapter.paragraphs if one is not paragraph]
        place(paragraph, chapter, others.index(before) if before else len(others))
        for above, one in pairwise(carried):
            others = [other for other in chapter.paragraphs if other is not one]
            place(one, chapter, others.index(above) + 1)


def shift(paragraph: Paragraph, way: str, *, by: Person | None, at: datetime) -> None:
    """Move the paragraph one place up or down; from the edge of its chapter into the next one. Refused once removed.

    A numbered one takes its sub-paragraphs along, and goes past another one with those of that one.
    """
    lock(paragraph.chapter.report)
    refuse_removed(paragraph)
    chapters = chapters_of(paragraph.chapter.report)
    chapter = next(one for one in chapters if one.id == paragraph.chapter_id)
    stand = [one for one in chapter.paragraphs if one.removed_at is None]
    index, after = stand.index(paragraph), stand.index(paragraph) + len(_with_below(paragraph))
    if way == UP and index:
        heads = [one for one in stand[:index] if not one.level] if not paragraph.level else []
        return move(paragraph, chapter, before=heads[-1] if heads else stand[index - 1], by=by, at=at)
    if way == DOWN and after < len(stand):
        past = len(_with_below(stand[after])) if not paragraph.level else 1
        return move(paragraph, chapter, before=next(iter(stand[after + past :]), None), by=by, at=at)
    beside = chapters.index(chapter) + (-1 if way == UP else 1)
    if not 0 <= beside < len(chapters):
        raise Refused(_("The paragraph stands at the edge of the report already."))
    first = next((one for one in chapters[beside].paragraphs), None)
    return move(paragraph, chapters[beside], before=first if way == DOWN else None, by=by, at=at)


def _with_below(paragraph: Paragraph) -> list[Paragraph]:
    """Return the paragraph with the sub-paragraphs that stand under it."""
    stand = [one for one in paragraph.chapter.paragraphs if one.removed_at is None and one is not paragraph]
    below = stand[sum(one.position < paragraph.position for one in stand) :] if not paragraph.level else []
    return [paragraph, *takewhile(lambda one: one.level, below)]


def refuse_removed(paragraph: Paragraph) -> None:
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
        paragraph.text = first
        _sign(paragraph, by, at)
        for offset, part in enumerate(rest, start=1):
            new = Paragraph(origin=HAND, text=part, generated="", position=0, level=paragraph.level, version=0)
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
    target = before[index - 1]
    with step("join paragraphs", [target, paragraph], by=by, at=at):
        target.text = f"{target.text.rstrip()} {paragraph.text.lstrip()}"
        cited = {one.note_id for one in target.evidence}
        for one in paragraph.evidence:
            if one.note_id not in cited:
                target.evidence.append(
                    Evidence(note_id=one.note_id, revision_id=one.revision_id, position=len(target.evidence))
                )
        _sign(target, by, at)
        paragraph.removed_at = at
    return target


def indent(paragraph: Paragraph, level: int, *, by: Person | None, at: datetime) -> None:
    """Make it a sub-paragraph, (a), (b) …, of the numbered one above, or give it a number again.

    Refused where none is above it in its chapter.
    """
    lock(paragraph.chapter.report)
    if level and paragraph is next((one for one in paragraph.chapter.paragraphs if one.removed_at is None), None):
        raise Refused(_("A chapter begins with a numbered paragraph: this one has none above it."))
    if paragraph.level != level:
        with step("indent paragraph" if level else "number paragraph", [paragraph], by=by, at=at):
            paragraph.level = level


def add_chapter(report: Report, title: str, *, by: Person | None, at: datetime) -> Chapter:
    """Begin a chapter at the end of the report."""
    lock(report)
    chapters = chapters_of(report)
    own = sum(one.block.startswith("own-") for one in chapters) + 1
    position = max((one.position for one in chapters), default=-1) + 1
    chapter = Chapter(report_id=report.id, position=position, title=title, block=f"own-{own}", paragraphs=[])
    db.session.add(chapter)
    record("add chapter", report, by=by, at=at, meeting_id=report.meeting_id, title=title)
    return chapter


def name_chapter(chapter: Chapter, title: str, *, by: Person | None, at: datetime) -> None:
    """Give the chapter another title."""
    lock(chapter.report)
    before, chapter.title = chapter.title, title
    record(
        "name chapter", chapter.report, by=by, at=at, meeting_id=chapter.report.meeting_id, before=before, after=title
    )


def shift_chapter(chapter: Chapter, way: str, *, by: Person | None, at: datetime) -> None:
    """Move the chapter one place up or down, with what stands in it."""
    report = chapter.report
    lock(report)
    chapters = chapters_of(report)
    index = chapters.index(chapter)
    beside = index + (-1 if way == UP else 1)
    if 0 <= beside < len(chapters):
        chapters[index], chapters[beside] = chapters[beside], chapters[index]
        for position, one in enumerate(chapters):
            one.position = position
        record("move chapter", report, by=by, at=at, meeting_id=report.meeting_id, title=chapter.title, way=way)


def _sign(paragraph: Paragraph, by: Person | None, at: datetime) -> None:
    paragraph.edited_at, paragraph.edited_by_id = at, by.id if by else None
