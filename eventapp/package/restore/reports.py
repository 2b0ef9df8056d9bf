"""A published report becomes a report that can be edited again: its chapters, paragraphs and what they rest on."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import count

from eventapp.record.notes.models import Revision
from eventapp.review.compiling.plan import COUNTED, FIXED, NOTES, OWN, Planned, key_of, planned
from eventapp.review.reports.attendance import Attendance
from eventapp.review.reports.content import Chapter as TextChapter
from eventapp.review.reports.content import Paragraph as TextParagraph
from eventapp.review.reports.content import Report as Text
from eventapp.review.reports.models import Chapter, Evidence, Paragraph, Report
from eventapp.review.reports.tailored.queries import outline_for

ANYBODY = Attendance(people=2, states={"member": ("x", "y")}, has_list=False)
COUNTED_AT = ", counted at the door"
ALIKE = 30  # characters at its start by which an opening paragraph is known again

Revisions = Mapping[tuple[str, int], Revision]  # by the reference of the note and the number


def rebuilt(report: Report, text: Text, revisions: Revisions, *, at: datetime) -> Iterator[Chapter]:
    """The chapters of this edition, each paragraph as an editor's own: compiling again leaves it as it is."""
    codes = {part.title: part.code for part in outline_for(report).chapters}
    opening = [one for one in planned(report, [], ANYBODY) if one.origin in (FIXED, COUNTED)]
    position = count()
    for chapter in text.chapters:
        above = codes.pop(chapter.title, f"package-{chapter.number}")
        for title, rows in sections(chapter):
            yield Chapter(
                position=next(position),
                title=title or chapter.title,
                block=codes.pop(title, f"package-{chapter.number}-{rows[0].number}") if title else above,
                section_of=above if title else "",
                paragraphs=list(paragraphs(rows, opening, revisions, at)),
            )


def sections(chapter: TextChapter) -> list[tuple[str, list[TextParagraph]]]:
    """The paragraphs of the chapter itself, with no title, then those of each of its sections."""
    found: list[tuple[str, list[TextParagraph]]] = [("", [])]
    for one in chapter.paragraphs:
        if one.section:
            found.append((one.section, []))
        found[-1][1].append(one)
    return found


def paragraphs(
    rows: Iterable[TextParagraph], opening: Iterable[Planned], revisions: Revisions, at: datetime
) -> Iterator[Paragraph]:
    waiting = deque(rows)
    for position in count():
        if not waiting:
            return
        one = waiting.popleft()
        text = with_footnotes(one)
        rests_on = [revisions[each.note, each.revision] for each in one.evidence]
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
                Evidence(note_id=each.note_id, revision=each, position=place) for place, each in enumerate(rests_on)
            ],
        )


def made_from(text: str, rests_on: list[Revision], opening: Iterable[Planned]) -> tuple[str, str]:
    """The key and the origin by which compiling knows this paragraph again."""
    if rests_on:
        return key_of(rests_on[0].note), NOTES
    for one in opening:
        first = one.text.partition("\n")[0]  # without the points of a list
        known = COUNTED_AT in text if COUNTED_AT in first else text[:ALIKE] == first[:ALIKE]
        if known:
            return one.key, one.origin
    return "", OWN


def with_footnotes(paragraph: TextParagraph) -> str:
    """The paragraph as an editor writes it, with each footnote where its mark stands."""
    return "".join(piece + (f"^[{footnote.text}]" if footnote else "") for piece, footnote in paragraph.pieces)
