"""Several paragraphs at once: moving them to a number, joining, indenting and removing them, each as one step.

What is done to one paragraph is done to a list of one. A heading stays where its part of the chapter begins.
"""

import re
from collections.abc import Collection, Sequence
from datetime import datetime
from itertools import pairwise, takewhile

from sqlalchemy import select
from sqlalchemy.orm import load_only, selectinload

from eventapp.ground.db import db, lock
from eventapp.ground.db.types import Record
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.people.models import Person
from eventapp.review.evidence.uses import places_in
from eventapp.review.paragraphs.steps import place, step
from eventapp.review.reports.models import Chapter, Evidence, Paragraph, Report

SUBJECT = re.compile(
    r"(?P<subject>It was|[A-Z][^.;:“]*?) (?=(?:noted|observed|pointed out|stated|recommended|announced|agreed) that\b)"
)
# How a sentence names the subject of the one before it.
AGAIN = {"The meeting": "It", "The secretariat": "It", "It was": "It was"}


def move_all(
    paragraphs: Sequence[Paragraph], chapter: Chapter, *, before: Paragraph | None, by: Person | None, at: datetime
) -> None:
    """Put the paragraphs, and the sub-paragraphs under them, before another one of the chapter, or at its end.

    Refused across reports.
    """
    lock(chapter.report)
    known = _places_in({chapter.id, *(one.chapter_id for one in paragraphs)})
    foreign = any(one.report_id != chapter.report_id for one in known)  # held until the end: else all is read again
    if foreign or (before and before.chapter is not chapter):
        raise Refused(_("That place is not in this report any more. Look at it again and move the paragraph."))
    carried = list(dict.fromkeys(one for paragraph in paragraphs for one in with_below(paragraph)))
    if before in carried:
        return
    with step("move paragraph", carried, by=by, at=at, chapter=chapter.title):
        others = [one for one in chapter.paragraphs if one not in carried]
        index = others.index(before) if before else len(others)
        for offset, one in enumerate(carried):
            ahead = [other for other in chapter.paragraphs if other is not one and other not in carried[offset:]]
            place(one, chapter, _behind(chapter, one, ahead, index + offset))


def _places_in(chapters: Collection[int]) -> list[Chapter]:
    """Return these chapters with where their paragraphs stand, without the words: those take ten times as long."""
    places = load_only(Paragraph.chapter_id, Paragraph.position, Paragraph.level, Paragraph.removed_at)
    query = select(Chapter).where(Chapter.id.in_(chapters)).options(selectinload(Chapter.paragraphs).options(places))
    return list(db.session.scalars(query.order_by(Chapter.id).execution_options(populate_existing=True)))


def _behind(chapter: Chapter, paragraph: Paragraph, ahead: Sequence[Paragraph], index: int) -> int:
    """Return the place in the chapter, with all that stands in it still, behind so many of those that are `ahead`."""
    others = [one for one in chapter.paragraphs if one is not paragraph]
    return others.index(ahead[index - 1]) + 1 if index else 0


def move_to(paragraphs: Sequence[Paragraph], number: str, *, by: Person | None, at: datetime) -> None:
    """Put the paragraphs where the number stands now, so that the first has this number where they come from below.

    Refused where no paragraph has it, and where it is one of theirs.
    """
    report = paragraphs[0].chapter.report
    lock(report)
    order, target = list(places_in(report)), numbered(report, number)
    stand = present(target.chapter)
    if order.index(target.id) > order.index(paragraphs[-1].id):
        after = stand[stand.index(target) + len(with_below(target)) :]
        return move_all(paragraphs, target.chapter, before=next(iter(after), None), by=by, at=at)
    return move_all(paragraphs, target.chapter, before=target, by=by, at=at)


def numbered(report: Report, number: str) -> Paragraph:
    """Return the paragraph that is printed with this number now: "7", "7 (a)". Refused where none is."""
    wanted = " ".join(number.split()).rstrip(".")
    found = next((row for row, shown in places_in(report).items() if shown == wanted), None)
    if found is None:
        raise Refused(_("No paragraph has the number %(number)s.", number=wanted))
    return db.session.get_one(Paragraph, found)


def remove_all(paragraphs: Sequence[Paragraph], *, by: Person | None, at: datetime) -> None:
    """Take the paragraphs out of the report; compiling does not bring them back.

    A heading goes on to the next paragraph of the chapter that stays, where that has none.
    """
    lock(paragraphs[0].chapter.report)
    gone = [one for one in paragraphs if one.removed_at is None]
    if not gone:
        return
    heirs = {one: heir for one in reversed(gone) if one.heading and (heir := _heir(one, gone))}
    changed = list(dict.fromkeys([*gone, *heirs.values()]))
    with step("remove paragraph", changed, by=by, at=at):
        for one in gone:
            one.removed_at = at
        for one, heir in heirs.items():
            heir.heading = heir.heading or one.heading
            one.heading = ""


def _heir(paragraph: Paragraph, gone: Sequence[Paragraph]) -> Paragraph | None:
    """Return the next paragraph that stays, where it has no heading of its own and none comes between."""
    stand = present(paragraph.chapter)
    later = stand[stand.index(paragraph) + 1 :]
    between = list(takewhile(lambda one: one in gone, later))
    heir = next((one for one in later if one not in gone), None)
    is_free = heir is not None and not heir.heading and not any(one.heading for one in between)
    return heir if is_free else None


def head(paragraph: Paragraph, heading: str, *, by: Person | None, at: datetime) -> None:
    """Give the paragraph this heading above it; '' takes it away."""
    lock(paragraph.chapter.report)
    if paragraph.heading != heading:
        with step("head paragraph", [paragraph], by=by, at=at, before=paragraph.heading, after=heading):
            paragraph.heading = heading


def indent_all(paragraphs: Sequence[Paragraph], level: int, *, by: Person | None, at: datetime) -> None:
    """Make them sub-paragraphs, (a), (b) …, of the numbered one above, or give them numbers again.

    Refused where none is above one in its chapter.
    """
    lock(paragraphs[0].chapter.report)
    if level and any(one is next(iter(present(one.chapter)), None) for one in paragraphs):
        raise Refused(_("A chapter begins with a numbered paragraph: this one has none above it."))
    changed = [one for one in paragraphs if one.level != level]
    if changed:
        with step("indent paragraph" if level else "number paragraph", changed, by=by, at=at):
            for one in changed:
                one.level = level


def join_all(paragraphs: Sequence[Paragraph], *, by: Person | None, at: datetime) -> Paragraph:
    """Make one paragraph of them at the place of the first, with the evidence of all. Refused across chapters."""
    target, *rest = paragraphs
    lock(target.chapter.report)
    if not rest:
        raise Refused(_("Choose two paragraphs or more to join."))
    if any(one.chapter_id != target.chapter_id for one in rest):
        raise Refused(_("Paragraphs of two chapters cannot be joined. Move them into one first."))
    with step("join paragraphs", paragraphs, by=by, at=at):
        target.text, target.sentences = joined(paragraphs)
        cited = {one.note_id for one in target.evidence}
        for one in [one for other in rest for one in other.evidence]:
            if one.note_id not in cited:
                cited.add(one.note_id)
                target.evidence.append(
                    Evidence(note_id=one.note_id, revision_id=one.revision_id, position=len(target.evidence))
                )
        target.edited_at, target.edited_by_id = at, by.id if by else None
        for other in rest:
            other.removed_at = at
    return target


def joined(paragraphs: Sequence[Paragraph]) -> tuple[str, list[Record]]:
    """Return one text of these paragraphs, and its sentences where each of them has its own.

    A paragraph with the subject of the one before it does not name it again: "It also noted that …".
    """
    texts, sentences = [paragraphs[0].text.strip()], [dict(one) for one in paragraphs[0].sentences]
    for before, paragraph in pairwise(paragraphs):
        repeats = SUBJECT.match(paragraph.text) if _subject(before.text) == _subject(paragraph.text) else None
        begins = f"{AGAIN.get(repeats['subject'], 'The same delegation')} also " if repeats else ""
        here = [dict(one) for one in paragraph.sentences]
        if here and repeats:
            here[0]["text"] = begins + str(here[0]["text"])[repeats.end() :]
        texts.append(begins + paragraph.text.strip()[repeats.end() if repeats else 0 :])
        sentences += here
    return " ".join(texts), sentences if all(one.sentences for one in paragraphs) else []


def _subject(text: str) -> str:
    found = SUBJECT.match(text)
    return found["subject"] if found else ""


def present(chapter: Chapter) -> list[Paragraph]:
    """Return the paragraphs of the chapter that are in the report, in order."""
    return [one for one in chapter.paragraphs if one.removed_at is None]


def with_below(paragraph: Paragraph) -> list[Paragraph]:
    """Return the paragraph with the sub-paragraphs that stand under it."""
    stand = [one for one in present(paragraph.chapter) if one is not paragraph]
    below = stand[sum(one.position < paragraph.position for one in stand) :] if not paragraph.level else []
    return [paragraph, *takewhile(lambda one: one.level, below)]
