"""Uses: in which paragraphs of which reports a note stands, and where it was left out with a reason."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from eventapp.ground.db import db
from eventapp.record.notes.models import Note
from eventapp.review.compiling.numbering import Unnumbered, numbered
from eventapp.review.reports.models import Chapter, Evidence, LeftOut, Paragraph, Report
from eventapp.review.reports.queries import rows_of


@dataclass(frozen=True)
class Use:
    """One paragraph that rests on a note, with the revision it cites."""

    report: Report
    paragraph: int
    place: str
    revision: int


@dataclass
class Used:
    """Where a note is used, and the reports that leave it out with a reason."""

    uses: list[Use] = field(default_factory=list)
    left_out: list[tuple[Report, str]] = field(default_factory=list)


def uses_of(notes: Collection[Note]) -> dict[int, Used]:
    """What became of each of these notes in the reports, by the number of its row."""
    numbers, found = [note.id for note in notes], {note.id: Used() for note in notes}
    cited = _cited(numbers)
    reports = {one.paragraph.chapter.report_id: one.paragraph.chapter.report for one in cited}
    places = {number: places_in(report) for number, report in reports.items()}
    for one in cited:
        report = one.paragraph.chapter.report
        place = places[report.id].get(one.paragraph_id, "")
        found[one.note_id].uses.append(Use(report, one.paragraph_id, place, one.revision.number))
    out = select(LeftOut, Report).join(Report, LeftOut.report_id == Report.id).where(LeftOut.note_id.in_(numbers))
    for row, report in db.session.execute(out.order_by(LeftOut.id)):
        found[row.note_id].left_out.append((report, row.reason))
    return found


def places_in(report: Report) -> dict[int, str]:
    """The number of each paragraph that stands, by the number of its row."""
    chapters: dict[int, list[tuple[int, Unnumbered]]] = {}
    for row in rows_of(report, marked=True):
        if not row.is_removed:
            chapters.setdefault(row.chapter_id, []).append((row.id, Unnumbered(row.text, (), row.level)))
    written = numbered((("", [one for _number, one in rows]) for rows in chapters.values()), apart=False)
    return {
        number: paragraph.place
        for rows, chapter in zip(chapters.values(), written, strict=True)
        for (number, _one), paragraph in zip(rows, chapter.paragraphs, strict=True)
    }


def _cited(numbers: Sequence[int]) -> list[Evidence]:
    query = (
        select(Evidence)
        .join(Evidence.paragraph)
        .join(Paragraph.chapter)
        .join(Chapter.report)
        .where(Evidence.note_id.in_(numbers), Paragraph.removed_at.is_(None))
        .order_by(Chapter.report_id, Chapter.position, Paragraph.position)
        .options(
            joinedload(Evidence.revision),
            joinedload(Evidence.paragraph).joinedload(Paragraph.chapter).joinedload(Chapter.report),
        )
    )
    return list(db.session.scalars(query))
