"""A published report becomes a report that can be edited again: its chapters, paragraphs and what they rest on."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from eventapp.record.notes.models import Revision
from eventapp.review.compiling.plan import COUNTED, FIXED, NOTES, OWN, Planned, key_of, planned
from eventapp.review.reports.attendance import Attendance
from eventapp.review.reports.content import Chapter as TextChapter
from eventapp.review.reports.content import Paragraph as TextParagraph
from eventapp.review.reports.content import Report as Text
from eventapp.review.reports.models import Chapter, Evidence, Paragraph, Report
from eventapp.review.reports.outlines import outline_of

ANYBODY = Attendance(people=2, states={"member": ("x", "y")}, has_list=False)
COUNTED_AT = ", counted at the door"
ALIKE = 30  # characters at its start by which an opening paragraph is known again

Revisions = Mapping[tuple[str, int], Revision]  # by the reference of the note and the number


def rebuilt(report: Report, text: Text, revisions: Revisions, *, at: datetime) -> Iterator[Chapter]:
    """The chapters of this edition, each paragraph as an editor's own: compiling again leaves it as it is."""
    codes = {part.title: part.code for part in outline_of(report.outline).chapters}
    opening = [one for one in planned(report, [], ANYBODY) if one.origin in (FIXED, COUNTED)]
    for chapter in text.chapters:
        yield Chapter(
            position=chapter.number - 1,
            title=chapter.title,
            block=codes.pop(chapter.title, f"package-{chapter.number}"),
            paragraphs=list(paragraphs(chapter, opening, revisions, at)),
        )


def paragraphs(
    chapter: TextChapter, opening: Iterable[Planned], revisions: Revisions, at: datetime
) -> Iterator[Paragraph]:
    for position, one in enumerate(chapter.paragraphs):
        text = with_footnotes(one)
        rests_on = [revisions[each.note, each.revision] for each in one.evidence]
        key, origin = made_from(text, rests_on, opening)
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
        known = COUNTED_AT in text if COUNTED_AT in one.text else text[:ALIKE] == one.text[:ALIKE]
        if known:
            return one.key, one.origin
    return "", OWN


def with_footnotes(paragraph: TextParagraph) -> str:
    """The paragraph as an editor writes it, with each footnote where its mark stands."""
    return "".join(piece + (f"^[{footnote.text}]" if footnote else "") for piece, footnote in paragraph.pieces)
