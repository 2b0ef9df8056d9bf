"""Chapters of the editor's page: a short report is open at once, of a long one the chapters that are asked for.

So the page costs what it shows; of a long chapter it shows a part. What a closed chapter has to look at is counted by
the database; the names and figures of its words are read when the script of the page asks for them chapter by chapter
(`closed/views.py`), when it is opened, and all of them before publishing.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import aliased

from eventapp.agenda.models import Session
from eventapp.ground.db import db
from eventapp.record.notes.models import Note, Revision
from eventapp.review.compiling.plan import COUNTED, FIXED, OWN
from eventapp.review.compiling.sections import families
from eventapp.review.reports.models import Chapter, Evidence, Paragraph, Reason, Report
from eventapp.review.reports.queries import CLEARED, CLOSED, Row
from eventapp.review.versions.checks import Findings
from eventapp.review.versions.doubts import SUPPORT
from eventapp.review.versions.printed import Printed

SHORT = 100  # paragraphs: so many are open at once
AT_ONCE = 25  # of a long chapter that is open: the rest stands behind links, so that a page costs what it shows


@dataclass(frozen=True)
class Part:
    """Some paragraphs of a chapter in a row: drawn, or behind a link."""

    rows: tuple[Row, ...]
    is_open: bool

    @property
    def first(self) -> int:
        """The number of the row that an address names to have it drawn."""
        return self.rows[0].id

    @property
    def printed_rows(self) -> list[Row]:
        return [row for row in self.rows if not row.is_removed]


@dataclass(frozen=True)
class Section:
    """A chapter on the page: whether its paragraphs are drawn, how many there are, how many have a finding."""

    chapter: Chapter
    is_open: bool
    rows: tuple[Row, ...]
    numeral: str
    stop: int
    wait: int
    parts: tuple[Part, ...] = ()  # of one that is open
    is_section: bool = False
    has_sections: bool = False  # with a paragraph, so that it is printed without one of its own

    @property
    def is_whole(self) -> bool:
        """Whether all of its paragraphs are drawn."""
        return self.is_open and all(one.is_open for one in self.parts)

    @property
    def many(self) -> int:
        return sum(not row.is_removed for row in self.rows)


def is_long(report: Report) -> bool:
    """Whether the page shows only some chapters of the report."""
    query = select(func.count()).select_from(Paragraph).join(Paragraph.chapter).where(Chapter.report_id == report.id)
    return db.session.scalars(query).one() > SHORT


def opened_in(chapters: Sequence[Chapter], rows: Sequence[Row], wanted: Sequence[int], at: Sequence[int]) -> set[int]:
    """Return the numbers of the chapters to open: those that are `wanted`, and those of the paragraphs `at`.

    All of a short report; the first with a paragraph where nothing is asked for.
    """
    if len(rows) <= SHORT:
        return {one.id for one in chapters}
    known = {one.id for one in chapters}
    found = {one for one in wanted if one in known} | {row.chapter_id for row in rows if row.id in at}
    return found or {rows[0].chapter_id}


def parts_in(rows: Sequence[Row], opened: set[int], at: Collection[int], heads: Collection[int]) -> list[Part]:
    """Cut the chapters that are open in parts: a short report's are whole, of a long one's those with a paragraph `at`
    are drawn, and the first where a chapter has none such, or its number is one of `heads`.
    """
    found = []
    for chapter, run in groupby((row for row in rows if row.chapter_id in opened), key=lambda row: row.chapter_id):
        own = tuple(run)
        most = AT_ONCE if len(rows) > SHORT else len(own)
        cut = [own[start : start + most] for start in range(0, len(own), most)]
        asked = [any(row.id in at for row in part) for part in cut]
        asked[0] = asked[0] or chapter in heads or not any(asked)
        found += [Part(part, is_open) for part, is_open in zip(cut, asked, strict=True)]
    return found


def counted(report: Report) -> dict[int, tuple[int, int]]:
    """Return how many paragraphs of each chapter may not stay so, and how many to look at, by the evidence alone.

    In one statement: a source that was withdrawn and a paragraph without support, and a source that was changed.
    """
    current = aliased(Revision)
    on_record = and_(Note.deleted_at.is_(None), current.off_record.is_(False), Session.rule != CLOSED)
    withdrawn = and_(Evidence.id.is_not(None), or_(~on_record, Note.state.not_in(CLEARED)))
    reason = select(Reason.id).where(
        Reason.report_id == report.id, Reason.kind == SUPPORT, Reason.words == Paragraph.text
    )
    is_own = Paragraph.origin.in_((FIXED, COUNTED, OWN)) | reason.exists()
    unsupported = and_(Evidence.id.is_(None), ~is_own)
    changed = and_(on_record, Note.state.in_(CLEARED), Revision.number < Note.head)
    query = (
        select(
            Chapter.id,
            func.count(case((or_(withdrawn, unsupported), Paragraph.id)).distinct()),
            func.count(case((changed, Paragraph.id)).distinct()),
        )
        .join(Chapter.paragraphs)
        .outerjoin(Paragraph.evidence)
        .outerjoin(Evidence.note)
        .outerjoin(Note.session)
        .outerjoin(Evidence.revision)
        .outerjoin(current, and_(current.note_id == Note.id, current.number == Note.head))
        .where(Chapter.report_id == report.id, Paragraph.removed_at.is_(None))
        .group_by(Chapter.id)
    )
    return {chapter: (stop, wait) for chapter, stop, wait in db.session.execute(query)}


def sections(
    report: Report,
    chapters: Sequence[Chapter],
    rows: Sequence[Row],
    *,
    shown: Printed,
    found: Findings,
    opened: set[int],
    parts: Sequence[Part],
) -> list[Section]:
    """Return every chapter as the page shows it; `found` is what there is to say of the paragraphs that are drawn."""
    shut = {part.rows[0].chapter_id for part in parts if not part.is_open}
    apart = counted(report) if shut or len(opened) < len(chapters) else {}
    made: dict[int, list[Row]] = {one.id: [] for one in chapters}
    for row in rows:
        made[row.chapter_id].append(row)

    def tally(chapter: Chapter) -> tuple[int, int]:
        if chapter.id not in opened:
            return apart.get(chapter.id, (0, 0))
        drawn = _tally(found, made[chapter.id])
        if chapter.id not in shut:
            return drawn
        stops, waits = zip(drawn, apart.get(chapter.id, (0, 0)), strict=True)  # of the rest nobody read the words
        return max(stops), max(waits)

    return [
        Section(
            one,
            one.id in opened,
            tuple(made[one.id]),
            _numeral(family, one, made, shown),
            *tally(one),
            parts=tuple(part for part in parts if part.rows[0].chapter_id == one.id),
            is_section=place > 0,
            has_sections=place == 0 and any(not row.is_removed for part in family[1:] for row in made[part.id]),
        )
        for family in families(chapters)
        for place, one in enumerate(family)
    ]


def _tally(found: Findings, rows: Sequence[Row]) -> tuple[int, int]:
    """Return how many of these paragraphs, as far as they were looked at, may not stay so, and how many to look at."""
    known = [found.paragraphs[row.id] for row in rows if row.id in found.paragraphs]
    return sum(one.is_stopped for one in known), sum(one.is_doubtful and not one.is_stopped for one in known)


def _numeral(family: Sequence[Chapter], one: Chapter, made: Mapping[int, Sequence[Row]], shown: Printed) -> str:
    """Return the number of a chapter, or for one of sections alone what theirs begin with."""
    of_all = [shown[row.id][1] for part in family for row in made[part.id] if not row.is_removed]
    own = next((shown[row.id][1] for row in made[one.id] if not row.is_removed), "")
    return own or (of_all[0].partition(".")[0] if of_all and one is family[0] else "")
