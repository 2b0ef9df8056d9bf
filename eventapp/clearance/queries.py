from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import InstrumentedAttribute, joinedload, selectinload

from eventapp.clearance.models import PROPOSAL, Adoption, Reader, Remark
from eventapp.ground.db import db
from eventapp.ground.text.languages import LANGUAGES
from eventapp.people.models import Person
from eventapp.people.queries import person_at
from eventapp.review.evidence.support import sources_of, unsupported_sentences
from eventapp.review.reports.models import Chapter, Paragraph, Report, Snapshot
from eventapp.review.reports.queries import Row

DRAFT, IN_CLEARANCE, ADOPTED, PUBLISHED = "draft", "in clearance", "adopted", "published"


def language_of(reader: Reader) -> str:
    """The language of their letters: the one that was chosen, else the one we know them by, else the report's."""
    known = person_at(reader.email)
    wanted = reader.language or (known.language if known else reader.report.language)
    return wanted if wanted in LANGUAGES else "en"


@dataclass(frozen=True)
class Turn:
    """When a report came to a stage, and who took it there ('' for the app)."""

    at: datetime
    by: str


@dataclass(frozen=True)
class ClearanceProgress:
    """Where a report stands, how far it is adopted, and when and by whom it came to each stage it came to."""

    stage: str
    reached: Mapping[str, Turn]
    adopted: int
    paragraphs: int

    @property
    def at(self) -> datetime:
        """Since when it stands there."""
        return self.reached[self.stage].at

    @property
    def by(self) -> str:
        """Who took it there."""
        return self.reached[self.stage].by

    @property
    def is_adopted(self) -> bool:
        """Whether the meeting adopted every paragraph in the words it has now."""
        return 0 < self.paragraphs == self.adopted


def readers_of(report: Report) -> list[Reader]:
    """Everybody who was asked, the newest first, with what they said."""
    query = select(Reader).where(Reader.report_id == report.id).order_by(Reader.id.desc())
    return list(db.session.scalars(query.options(selectinload(Reader.remarks), selectinload(Reader.chapters))))


def remarks_on(report: Report) -> list[Remark]:
    """What readers said and did not take back, the oldest first."""
    query = (
        select(Remark)
        .join(Remark.reader)
        .where(Reader.report_id == report.id, Remark.taken_back_at.is_(None))
        .order_by(Remark.id)
        .options(joinedload(Remark.reader), joinedload(Remark.answered_by))
    )
    return list(db.session.scalars(query))


def waiting_on(report: Report) -> list[Remark]:
    """What readers said and no editor answered yet."""
    return [one for one in remarks_on(report) if one.is_waiting]


def remark_of(report: Report, number: int) -> Remark | None:
    """The remark with this number of its row, where it is about this report."""
    query = select(Remark).join(Remark.reader).where(Remark.id == number, Reader.report_id == report.id)
    return db.session.scalar(query)


def reader_of(report: Report, number: int) -> Reader | None:
    """The reader of this report with this number of the row."""
    return db.session.scalar(select(Reader).where(Reader.id == number, Reader.report_id == report.id))


def rows_shown_to(reader: Reader, rows: Iterable[Row]) -> list[Row]:
    """Those of these rows of the report that stand, in the chapters that this reader was asked to clear."""
    chapters = {one.id for one in reader.chapters}
    return [row for row in rows if not row.is_removed and (not chapters or row.chapter_id in chapters)]


def paragraph_shown_to(reader: Reader, number: int) -> Paragraph | None:
    """The paragraph with this number of its row, where the reader may see it."""
    query = select(Paragraph).join(Paragraph.chapter).where(Paragraph.id == number, Paragraph.removed_at.is_(None))
    query = query.where(Chapter.report_id == reader.report_id)
    found = db.session.scalar(query.execution_options(populate_existing=True))  # as it is now, under a lock
    return found if found and reader.reads(found.chapter) else None


def adoption_of(paragraph: Paragraph) -> Adoption | None:
    """The adoption that counts of this paragraph, whatever it reads now."""
    query = select(Adoption).where(Adoption.paragraph_id == paragraph.id, Adoption.undone_at.is_(None))
    return db.session.scalar(query.order_by(Adoption.id.desc()).limit(1))


def is_adopted_now(paragraph: Paragraph) -> bool:
    """Whether the meeting adopted the paragraph in the words it has now, as the database has it."""
    found = adoption_of(paragraph)
    return found is not None and found.text == paragraph.text


def is_adopted_whole(report: Report) -> bool:
    """Whether the meeting adopted every paragraph that stands in the words it has now: no row is read for it."""
    return not left_to_adopt(report, most=1)


def left_to_adopt(report: Report, *, most: int | None = None) -> list[int]:
    """The numbers of the paragraphs that the meeting did not adopt in the words they have now, or of so many of them.

    The words stay in the database: of a large report they are 12 MB.
    """
    mine = (Adoption.paragraph_id == Paragraph.id, Adoption.undone_at.is_(None))
    last = select(func.max(Adoption.id)).where(*mine).correlate(Paragraph).scalar_subquery()
    is_adopted = exists().where(Adoption.id == last, Adoption.text == Paragraph.text)
    return list(
        db.session.scalars(_present(report, Paragraph.id).where(~is_adopted).order_by(Paragraph.id).limit(most))
    )


def _present(report: Report, wanted: ColumnElement[int] | InstrumentedAttribute[int]) -> Select[int]:
    """Ask for this of the paragraphs that stand in the report."""
    query = select(wanted).select_from(Paragraph).join(Paragraph.chapter)
    return query.where(Chapter.report_id == report.id, Paragraph.removed_at.is_(None))


def _last_adoption(report: Report) -> Turn | None:
    """When the newest adoption that was not undone of a paragraph that stands was, and by whom; None without any."""
    query = select(Adoption.at, Adoption.by_id).join(Adoption.paragraph)
    query = query.where(Adoption.report_id == report.id, Adoption.undone_at.is_(None), Paragraph.removed_at.is_(None))
    found = db.session.execute(query.order_by(Adoption.at.desc(), Adoption.id.desc()).limit(1)).first()
    return Turn(found[0], _name_of(found[1])) if found else None


def minutes_of(report: Report) -> Select[Adoption]:
    """Every adoption as it happened, undone ones too: the query, of which a page reads what it shows."""
    query = select(Adoption).where(Adoption.report_id == report.id).order_by(Adoption.id)
    return query.options(joinedload(Adoption.by), joinedload(Adoption.undone_by), joinedload(Adoption.paragraph))


def paragraphs_with(numbers: Iterable[int]) -> list[Paragraph]:
    """The paragraphs with these numbers of their rows, removed ones too, in no order."""
    return list(db.session.scalars(select(Paragraph).where(Paragraph.id.in_(list(numbers)))))


def off_sources(remarks: Iterable[Remark]) -> dict[int, list[str]]:
    """Return the sentences of each proposal that do not rest on the sources of its paragraph, where it has some."""
    proposed = [one for one in remarks if one.kind == PROPOSAL]
    known = sources_of({one.paragraph_id for one in proposed}) if proposed else {}
    found = {
        one.id: unsupported_sentences(one.read, one.wording(one.read) or one.text, known[one.paragraph_id])
        for one in proposed
    }
    return {number: sentences for number, sentences in found.items() if sentences}


def progress_of(report: Report, readers: Sequence[Reader]) -> ClearanceProgress:
    """Return where the report stands: draft, in clearance, adopted (every paragraph, as it reads now) or published."""
    paragraphs = db.session.scalars(_present(report, func.count())).one()
    left = len(left_to_adopt(report))
    last = None if left else _last_adoption(report)
    reached = {DRAFT: Turn(report.created_at, _compiled_first_by(report))}
    if readers:
        first = min(readers, key=lambda one: one.asked_at)
        reached[IN_CLEARANCE] = Turn(first.asked_at, _name_of(first.asked_by_id))
    if last:
        reached[ADOPTED] = last
    stage = list(reached)[-1]
    if report.published_at:
        if report.published_at >= reached[stage].at:
            stage = PUBLISHED
        reached[PUBLISHED] = Turn(report.published_at, _name_of(report.published_by_id))
    return ClearanceProgress(stage, reached, paragraphs - left, paragraphs)


def _compiled_first_by(report: Report) -> str:
    """Whoever compiled it first, as it was begun."""
    query = select(Snapshot.by_id).where(Snapshot.report_id == report.id, Snapshot.at == report.created_at)
    return _name_of(db.session.scalar(query.order_by(Snapshot.number).limit(1)))


def _name_of(number: int | None) -> str:
    person = db.session.get(Person, number) if number else None
    return person.name if person else ""
