"""Keeping: the words of a draft as they are at one moment, so that any two moments can be compared.

A version is kept when a report is compiled, goes to its readers, is adopted or published, and when an editor says so.
"""

import json
from collections.abc import Callable, Hashable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from types import MappingProxyType

from sqlalchemy import func, or_, select
from sqlalchemy.orm import defer, joinedload

from eventapp.ground.db import db, json_of, lock
from eventapp.ground.db.apart import Changed, with_prepared
from eventapp.ground.db.at_once import at_once
from eventapp.ground.db.in_runs import Stored, plain, stored, words_in
from eventapp.ground.db.types import Record
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.history.actions import record
from eventapp.people.models import Person
from eventapp.review.compiling.numbering import Unnumbered, numbered
from eventapp.review.reports.models import Chapter, Evidence, Paragraph, Report, Snapshot
from eventapp.review.reports.noted import notes_cited
from eventapp.review.reports.queries import rows_of
from eventapp.review.versions.publication_snapshot import present_paragraphs

EDITED, COMPILED, KEPT = "edited", "compiled", "kept"
CLEARANCE, ADOPTED, PUBLISHED = "clearance", "adopted", "published"
SAME: Mapping[int, str] = MappingProxyType({})
WORDLESS = (defer(Snapshot.lines), defer(Snapshot.packed))


@dataclass(frozen=True)
class Line:
    """One paragraph of a kept version: the numbers of its row and chapter, where it stood, its words, its notes."""

    key: int
    part: int
    chapter: str
    place: str
    text: str
    notes: tuple[int, ...] = ()


def take_snapshot(report: Report, why: str, *, by: Person | None, at: datetime) -> Snapshot | None:
    """Keep the words of the draft as they are now. None where nothing is new since the version before.

    It is read under the lock, so its words are written as they are: to compress them would take longer.
    """
    lock(report)
    row = new_snapshot(report, why, draft_lines(report), newest_of(report), by=by, at=at, made=plain)
    if row:
        db.session.add(row)
    return row


def new_snapshot(
    report: Report,
    why: str,
    lines: Sequence[Line],
    newest: Snapshot | None,
    *,
    by: Person | None,
    at: datetime,
    remark: str = "",
    made: Callable[[list[str]], Stored] = stored,
) -> Snapshot | None:
    """Return these lines as a version behind the newest, not yet in the database. None where they tell nothing new."""
    words = made([written(line) for line in lines])
    if not tells_new(lines, words.digest, newest, why):
        return None
    return row_of(report, Draft(why, number_behind(newest), words), by=by, at=at, remark=remark)


def number_behind(newest: Snapshot | None) -> int:
    """The number of the version behind the newest."""
    return (newest.number if newest else 0) + 1


def tells_new(lines: Sequence[Line], digest: str | None, newest: Snapshot | None, why: str) -> bool:
    """Whether these lines are to be kept for this reason behind the newest version.

    A digest tells whether both say the same, where there are two.
    """
    if newest is None:
        return bool(lines)
    is_known = newest.digest == digest if newest.digest and digest else read(newest) == lines
    return not is_known or why not in (EDITED, COMPILED, newest.why)


@dataclass(frozen=True)
class Draft:
    """A version as its row has it, before anything is held: whether it tells anything new, on what stand it rests.

    With where each paragraph stands, by the number of its row.
    """

    why: str
    number: int  # of the version that it would be
    made: Stored
    is_new: bool = True
    stand: Hashable = None
    places: Mapping[int, str] = field(default_factory=dict)


def read_draft(report: Report, why: str, instead: Mapping[int, str] = SAME) -> Draft:
    """Read it as it is now, before anything is held; with other words `instead` of those of some paragraphs."""
    db.session.rollback()
    stand, lines, newest = _stand_of(report.id), draft_lines(report, instead), newest_of(report)
    made = stored([written(line) for line in lines])
    is_new, places = tells_new(lines, made.digest, newest, why), {line.key: line.place for line in lines}
    return Draft(why, number_behind(newest), made, is_new, stand, places)


def written(line: Line) -> str:
    """Return the line in JSON, as it is kept."""
    return json.dumps(dict(vars(line)))


def prove(report: Report, draft: Draft) -> None:
    """Hold the report. `Changed` where anything that the draft rests on is another by now."""
    lock(report)
    if _stand_of(report.id) != draft.stand:
        raise Changed


def keep(report: Report, draft: Draft, *, by: Person | None, at: datetime, remark: str = "") -> None:
    """Keep a draft that is new, and was proven before anything was written."""
    db.session.add(row_of(report, draft, by=by, at=at, remark=remark))


def row_of(report: Report, draft: Draft, *, by: Person | None, at: datetime, remark: str = "") -> Snapshot:
    """Return the version as a row that is not in the database."""
    facts = {"report_id": report.id, "number": draft.number, "why": draft.why, "remark": remark, "at": at}
    return Snapshot(**facts, by_id=by.id if by else None, **words_of_row(draft.made))


def words_of_row(made: Stored) -> Record:
    """Its words as columns of the row."""
    return {"lines": json_of(made.written), "packed": made.packed, "digest": made.digest}


def save_version(report: Report, remark: str, *, by: Person | None, at: datetime) -> int:
    """An editor keeps this version; returns its number. Refused where the one kept before says the same.

    It is read with nothing held and written in a transaction of its own, refused where it changes each time meanwhile.
    """

    def write(draft: Draft) -> int:
        prove(report, draft)
        if not draft.is_new:
            raise Refused(_("Nothing has changed since a version was saved."))
        keep(report, draft, by=by, at=at, remark=remark)
        record("keep version", report, by=by, at=at, version=draft.number, remark=remark)
        return draft.number

    otherwise = _("The report was changed again and again while it was saved. Save it when nobody edits it.")
    return with_prepared(lambda: read_draft(report, KEPT), write, otherwise=otherwise)


def _stand_of(report_id: int) -> Hashable:
    """All that is another whenever the lines are, or the version before them: only to be compared."""
    of_it = select(Chapter.id).where(Chapter.report_id == report_id)
    paragraphs = select(Paragraph.chapter_id, Paragraph.id, Paragraph.mark).where(Paragraph.chapter_id.in_(of_it))
    cited = select(Evidence.id, Evidence.paragraph_id, Evidence.note_id, Evidence.position)
    cited = cited.where(Evidence.paragraph_id.in_(select(Paragraph.id).where(Paragraph.chapter_id.in_(of_it))))
    asked = (
        select(func.max(Snapshot.number)).where(Snapshot.report_id == report_id),
        at_once(select(Chapter.id, Chapter.title, Chapter.position).where(Chapter.id.in_(of_it)).order_by(Chapter.id)),
        at_once(paragraphs.order_by(Paragraph.chapter_id, Paragraph.id)),
        at_once(cited.order_by(Evidence.paragraph_id, Evidence.note_id)),
    )
    return tuple(db.session.scalar(query) for query in asked)


def snapshots_of(report: Report) -> list[Snapshot]:
    """Every kept version, the newest first, without its words."""
    query = select(Snapshot).where(Snapshot.report_id == report.id).order_by(Snapshot.number.desc())
    return list(db.session.scalars(query.options(*WORDLESS, joinedload(Snapshot.by))))


def lines_at(report: Report, number: int) -> list[Line] | None:
    """The words of the kept version with this number, or of the draft as it stands for 0; None where there is none."""
    if number == 0:
        return draft_lines(report)
    query = select(Snapshot).where(Snapshot.report_id == report.id, Snapshot.number == number)
    found = db.session.scalar(query)
    return read(found) if found else None


def lines_of(chapters: Sequence[Chapter]) -> list[Line]:
    """What stands in these chapters now, as the editors typed it."""
    filled = [(chapter, present_paragraphs(chapter)) for chapter in chapters if present_paragraphs(chapter)]
    places = numbered(
        ((one.title, [Unnumbered(row.text, (), row.level) for row in rows]) for one, rows in filled), apart=False
    )
    return [
        Line(row.id, chapter.id, chapter.title, printed.place, row.text, tuple(one.note_id for one in row.evidence))
        for (chapter, rows), written in zip(filled, places, strict=True)
        for row, printed in zip(rows, written.paragraphs, strict=True)
    ]


def draft_lines(report: Report, instead: Mapping[int, str] = SAME) -> list[Line]:
    """What stands in the report now, as `lines_of` has it: of plain rows, in two queries for any length.

    With other words `instead` of those of some paragraphs.
    """
    stand, notes = (row for row in rows_of(report) if not row.is_removed), notes_cited(report)
    rows = [row._replace(text=instead[row.id]) if row.id in instead else row for row in stand]
    runs = [(run[0].title, run) for run in (list(run) for _chapter, run in groupby(rows, key=attrgetter("chapter_id")))]
    places = numbered(
        ((title, [Unnumbered(row.text, (), row.level) for row in run]) for title, run in runs), apart=False
    )
    return [
        Line(row.id, row.chapter_id, row.title, printed.place, row.text, tuple(notes.get(row.id, ())))
        for (_title, run), written in zip(runs, places, strict=True)
        for row, printed in zip(run, written.paragraphs, strict=True)
    ]


def read(version: Snapshot) -> list[Line]:
    """The lines as they were kept."""
    lines = json.loads(words_in(version.packed)) if version.packed else version.lines
    return [Line(**{**line, "notes": tuple(line["notes"])}) for line in lines]


def on_record(lines: Sequence[Line], silent: AbstractSet[int], withheld: str) -> list[Line]:
    """The lines, with these words in place of what rests on one of the notes that were put off the record since."""
    return [line if silent.isdisjoint(line.notes) else replace(line, text=withheld) for line in lines]


def last_unlike(report: Report, digest: str, below: int, most: int) -> Snapshot | None:
    """The newest of so many versions below this number that are not known to have this digest: its words may differ."""
    looked_at = select(Snapshot.id).where(Snapshot.report_id == report.id, Snapshot.number < below)
    looked_at = looked_at.order_by(Snapshot.number.desc()).limit(most)
    may_differ = or_(Snapshot.digest.is_(None), Snapshot.digest != digest)
    query = select(Snapshot).where(Snapshot.id.in_(looked_at), may_differ)
    return db.session.scalar(query.order_by(Snapshot.number.desc()).limit(1))


def newest_of(report: Report) -> Snapshot | None:
    """The version that was kept last, without its words where a digest tells which they are."""
    last = select(func.max(Snapshot.number)).where(Snapshot.report_id == report.id).scalar_subquery()
    query = select(Snapshot).where(Snapshot.report_id == report.id, Snapshot.number == last)
    found = db.session.scalar(query.options(*WORDLESS))
    if found and not found.digest:
        db.session.refresh(found, ["lines", "packed"])
    return found
