"""Chapters of the editor's page: a short report is open at once, of a long one the chapters that are asked for.

So the page costs what it shows; of a long chapter it shows a part. What a closed chapter has to look at is counted by
the database; the names and figures of its words are read when the script of the page asks for them chapter by chapter
(`closed/views.py`), when it is opened, and all of them before publishing.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import Select, and_, func, or_, select

from eventapp.agenda.models import Session
from eventapp.ground.db import db
from eventapp.record.notes.models import Note, Revision
from eventapp.record.notes.queries import OFF_RECORD
from eventapp.review.compiling.plan import COUNTED, FIXED, OWN
from eventapp.review.compiling.sections import families
from eventapp.review.reports.models import Chapter, Evidence, Paragraph, Reason, Report
from eventapp.review.reports.queries import CLEARED, CLOSED, Row, sizes_in
from eventapp.review.versions.checks import Findings
from eventapp.review.versions.doubts import SUPPORT
from eventapp.review.versions.printed import Printed

SHORT = 100  # paragraphs: so many are open at once
AT_ONCE = 25  # of a long chapter that is open: the rest stands behind links, so that a page costs what it shows
ROOM = 30_000  # characters of these, some ten pages: of long ones fewer are drawn


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
    found, is_cut = [], len(rows) > SHORT
    sizes = sizes_in(opened) if is_cut else {}
    for chapter, run in groupby((row for row in rows if row.chapter_id in opened), key=lambda row: row.chapter_id):
        own = tuple(run)
        cut = cut_up(own, sizes) if is_cut else [own]
        asked = [any(row.id in at for row in part) for part in cut]
        asked[0] = asked[0] or chapter in heads or not any(asked)
        found += [Part(part, is_open) for part, is_open in zip(cut, asked, strict=True)]
    return found


def cut_up(rows: Sequence[Row], sizes: Mapping[int, int]) -> list[tuple[Row, ...]]:
    """Return these rows in parts that a page has room for: AT_ONCE at the most, of ROOM characters or a single one.

    `sizes` are how many characters each of them has.
    """
    parts: list[list[Row]] = [[]]
    for row in rows:
        last = parts[-1]
        if last and (len(last) == AT_ONCE or sum(sizes[one.id] for one in (*last, row)) > ROOM):
            parts.append([])
        parts[-1].append(row)
    return [tuple(part) for part in parts]


def withdrawn_from(report: Report) -> Select[int]:
    """The notes of its meeting that no report may cite any more, by number."""
    on_record = and_(Note.deleted_at.is_(None), Note.id.not_in(OFF_RECORD), Session.rule != CLOSED)
    here = select(Note.id).join(Note.session).where(Session.meeting_id == report.meeting_id)
    return here.where(or_(~on_record, Note.state.not_in(CLEARED)))


def counted(report: Report) -> dict[int, tuple[int, int]]:
    """Return how many paragraphs of each chapter may not stay so, and how many to look at, by the evidence alone.

    In three statements: a source that was withdrawn, one that was changed, and a paragraph without support. What a note
    says now is read in the order it was written, once: to look it up for each source takes five times as long.
    """
    here = (Chapter.report_id == report.id, Paragraph.removed_at.is_(None))
    withdrawn = withdrawn_from(report)
    revised = select(Note.id).join(Note.session).where(Session.meeting_id == report.meeting_id, Note.head > 1)
    by_sources = (
        select(Chapter.id, func.count(Paragraph.id.distinct()))
        .join(Chapter.paragraphs)
        .join(Paragraph.evidence)
        .where(*here)
        .group_by(Chapter.id)
    )
    changed = (
        by_sources.join(Evidence.note)
        .join(Evidence.revision)
        .where(Evidence.note_id.in_(revised), Revision.number < Note.head, Evidence.note_id.not_in(withdrawn))
    )
    reason = select(Reason.id).where(
        Reason.report_id == report.id, Reason.kind == SUPPORT, Reason.words == Paragraph.text
    )
    unsupported = (
        select(Chapter.id, func.count(Paragraph.id))
        .join(Chapter.paragraphs)
        .where(*here, Paragraph.origin.not_in((FIXED, COUNTED, OWN)), ~Paragraph.evidence.any(), ~reason.exists())
        .group_by(Chapter.id)
    )
    stops, waits = Counter[int](), Counter[int]()
    for query, tally in (
        (by_sources.where(Evidence.note_id.in_(withdrawn)), stops),
        (unsupported, stops),  # none of these has a source
        (changed, waits),
    ):
        for chapter, number in db.session.execute(query):
            tally[chapter] += number
    return {chapter: (stops[chapter], waits[chapter]) for chapter in stops | waits}


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
