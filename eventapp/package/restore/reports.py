"""A published report becomes a report that can be edited again: its chapters, paragraphs and what they rest on."""

import json
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from functools import partial
from itertools import count

from sqlalchemy import select

from eventapp.ground.db import db
from eventapp.ground.db.types import Record
from eventapp.meetings.arriving.coming import Act, cut
from eventapp.package.manifest import content
from eventapp.package.restore.arrival import Arrival, Cited, values
from eventapp.record.notes.models import Note
from eventapp.review.compiling.plan import COUNTED, FIXED, NOTES, OWN, Planned, key_of, planned
from eventapp.review.formats.evidence_json import from_json, to_dict
from eventapp.review.reports.attendance import Attendance
from eventapp.review.reports.content import Chapter as TextChapter
from eventapp.review.reports.content import Paragraph as TextParagraph
from eventapp.review.reports.content import Report as Text
from eventapp.review.reports.editions import content_of
from eventapp.review.reports.models import Chapter, Correction, Edition, Evidence, Paragraph, Report
from eventapp.review.reports.tailored.queries import outline_for
from eventapp.review.searched.actions import as_found, find_corrected, write_lines

ANYBODY = Attendance(people=2, states={"member": ("x", "y")}, has_list=False)
COUNTED_AT = ", counted at the door"
ALIKE = 30  # characters at its start by which an opening paragraph is known again

A_PIECE = 20  # paragraphs, or lines of the search


def reports_from(one: Arrival) -> Iterator[Iterable[Act]]:
    """Each report with its editions, and the newest of them as chapters and paragraphs to go on with."""
    texts = dict[str, Text]()
    for each in one.package.reports:
        newest = each.editions[-1]
        text = texts[each.name] = from_json(one.package.papers[newest.file])
        yield (partial(report_from, one, each, text.language, newest.published_at),)
        yield editions_from(one, each)
        yield (partial(lines_from, one, each, piece) for piece in cut(as_found(text.paragraphs), A_PIECE))
        yield chapters_from(one, each.name, text, newest.published_at)
    corrigenda = [each for each in one.package.reports if each.corrects in texts]
    yield (partial(find_again, one, each.corrects, texts[each.name]) for each in corrigenda)


def report_from(one: Arrival, report: content.Report, language: str, published_at: datetime) -> None:
    bodies = {body.code: body for body in one.meeting.bodies}
    but = ["body", "editions", "corrections"]
    facts = {"body": bodies.get(report.body), "published_at": published_at, "language": language}
    row = Report(**values(report, but=but), meeting=one.meeting, **facts)
    db.session.add(row)
    db.session.flush()
    db.session.add_all(Correction(report_id=row.id, **asdict(entry)) for entry in report.corrections)


def editions_from(one: Arrival, report: content.Report) -> Iterator[Act]:
    for each in report.editions:
        text = from_json(one.package.papers[each.file])
        written = content_of(text, json.dumps(to_dict(text)))
        yield partial(edition_from, one, report.name, each, written)


def edition_from(one: Arrival, name: str, edition: content.Edition, written: object) -> None:
    row = Edition(report=report_called(one, name), content=written, **values(edition, but=["file"]))
    db.session.add(row)


def lines_from(one: Arrival, report: content.Report, lines: Sequence[Record]) -> None:
    write_lines(report_called(one, report.name).id, report.version, lines)


def chapters_from(one: Arrival, name: str, text: Text, at: datetime) -> Iterator[Act]:
    """Each chapter, and behind it its paragraphs, some at a time."""
    cited = one.look(one.revisions)
    chapters = one.look(lambda: list(rebuilt(report_called(one, name), text, cited, at=at)))
    for chapter, paragraphs in chapters:
        yield partial(chapter_from, one, name, chapter)
        for piece in cut(paragraphs, A_PIECE):
            yield partial(paragraphs_from, one, name, chapter.position, piece)


def chapter_from(one: Arrival, name: str, chapter: Chapter) -> None:
    chapter.report_id = report_called(one, name).id
    db.session.add(chapter)


def paragraphs_from(one: Arrival, name: str, position: int, paragraphs: Sequence[Paragraph]) -> None:
    query = select(Chapter.id).join(Chapter.report).where(Report.meeting_id == one.meeting_id, Report.name == name)
    number = db.session.scalars(query.where(Chapter.position == position)).one()
    for each in paragraphs:
        each.chapter_id = number
    db.session.add_all(paragraphs)


def find_again(one: Arrival, name: str, text: Text) -> None:
    find_corrected(report_called(one, name), text.corrects, text.corrections)


def report_called(one: Arrival, name: str) -> Report:
    return db.session.scalars(select(Report).where(Report.meeting_id == one.meeting_id, Report.name == name)).one()


def rebuilt(report: Report, text: Text, cited: Cited, *, at: datetime) -> Iterator[tuple[Chapter, list[Paragraph]]]:
    """The chapters of this edition, each paragraph as an editor's own: compiling again leaves it as it is."""
    codes = {part.title: part.code for part in outline_for(report).chapters}
    opening = [one for one in planned(report, [], ANYBODY) if one.origin in (FIXED, COUNTED)]
    position = count()
    for chapter in text.chapters:
        above = codes.pop(chapter.title, f"package-{chapter.number}")
        for title, rows in sections(chapter):
            made = Chapter(
                position=next(position),
                title=title or chapter.title,
                block=codes.pop(title, f"package-{chapter.number}-{rows[0].number}") if title else above,
                section_of=above if title else "",
            )
            yield made, list(paragraphs(rows, opening, cited, at))


def sections(chapter: TextChapter) -> list[tuple[str, list[TextParagraph]]]:
    """The paragraphs of the chapter itself, with no title, then those of each of its sections."""
    found: list[tuple[str, list[TextParagraph]]] = [("", [])]
    for one in chapter.paragraphs:
        if one.section:
            found.append((one.section, []))
        found[-1][1].append(one)
    return found


def paragraphs(
    rows: Iterable[TextParagraph], opening: Iterable[Planned], cited: Cited, at: datetime
) -> Iterator[Paragraph]:
    waiting = deque(rows)
    for position in count():
        if not waiting:
            return
        one = waiting.popleft()
        text = with_footnotes(one)
        rests_on = [cited[each.note, each.revision] for each in one.evidence]
        key, origin = made_from(text, rests_on, opening)
        while key and not rests_on and waiting and waiting[0].letter:  # the points of a list that is made as one
            text = f"{text}\n- {with_footnotes(waiting.popleft())}"
        yield Paragraph(
            position=position,
            origin=origin,
            source_key=key,
            text=text,
            generated=text,
            edited_at=at,
            level=1 if one.letter else 0,
            evidence=[
                Evidence(note_id=note, revision_id=row, position=place) for place, (note, row) in enumerate(rests_on)
            ],
        )


def made_from(text: str, rests_on: list[tuple[int, int]], opening: Iterable[Planned]) -> tuple[str, str]:
    """The key and the origin by which compiling knows this paragraph again."""
    if rests_on:
        return key_of(Note(id=rests_on[0][0])), NOTES
    for one in opening:
        first = one.text.partition("\n")[0]  # without the points of a list
        known = COUNTED_AT in text if COUNTED_AT in first else text[:ALIKE] == first[:ALIKE]
        if known:
            return one.key, one.origin
    return "", OWN


def with_footnotes(paragraph: TextParagraph) -> str:
    """The paragraph as an editor writes it, with each footnote where its mark stands."""
    return "".join(piece + (f"^[{footnote.text}]" if footnote else "") for piece, footnote in paragraph.pieces)
