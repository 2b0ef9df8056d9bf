"""Publishing: the report as it stands becomes an edition that never changes."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import defer, joinedload

from eventapp.ground.db import db
from eventapp.ground.db.apart import meanwhile, work_out
from eventapp.ground.db.at_once import at_once
from eventapp.ground.db.types import Query
from eventapp.ground.text.i18n import _
from eventapp.history.actions import record
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person
from eventapp.record.clearing import actions as clearing
from eventapp.record.notes.models import APPROVED, Note
from eventapp.registration.models import APPROVED as REGISTERED
from eventapp.registration.models import Registration
from eventapp.review.annexes.anchor import anchored
from eventapp.review.formats.evidence_json import digest, to_json
from eventapp.review.paged.actions import keep_one
from eventapp.review.paged.laying_out import laid_out
from eventapp.review.publishing.ahead import refuse_taken_away, written_ahead
from eventapp.review.publishing.fitted import Fitted
from eventapp.review.publishing.models import NotesLeft
from eventapp.review.reports import content
from eventapp.review.reports.editions import content_of
from eventapp.review.reports.models import Chapter, Edition, Report
from eventapp.review.reports.queries import chapters_of
from eventapp.review.searched.actions import as_found, forget_lines, let_find
from eventapp.review.searched.models import PublishedParagraph
from eventapp.review.searched.queries import old_lines
from eventapp.review.stand.queries import held_stand
from eventapp.review.versions.checks import findings
from eventapp.review.versions.publication import fit_to_publish
from eventapp.review.versions.publication_snapshot import present_paragraphs
from eventapp.review.versions.snapshots import PUBLISHED, lines_of, new_snapshot, newest_of

Before = Callable[[Report, Person | None], bool]
After = Callable[[Meeting, content.Report, Person | None], None]


@dataclass(frozen=True)
class Beside:
    """What else is done when a report is published: `before` in memory, and says whether it is adopted; `after` in the
    transaction that writes; and what `before` rests on besides the report and its notes.
    """

    before: Before = lambda _report, _by: False
    after: After = lambda _meeting, _text, _by: None
    stand: tuple[Query, ...] = ()


LINES_AT_ONCE = 500
AT_ONCE = 100  # notes that are put before the world in one transaction, each with its line of history
ALONE = Beside()
ADOPTED = Beside(before=lambda _report, _by: True)


def publish(report: Report, *, by: Person | None, at: datetime, beside: Beside = ALONE) -> Edition:
    """Publish the report as it stands: an edition that never changes, with its version and SHA-256.

    It need not be adopted, for the Committee that reads it the next morning reads a draft; it then says that it is one.
    Refused where it is not fit to be.
    """
    report_id, meeting_id, by_id = report.id, report.meeting_id, by.id if by else None

    def think() -> Fitted:
        who = db.session.get(Person, by_id) if by_id else None
        return _fitted(db.session.get_one(Report, report_id), beside, by=who, at=at)

    def write(found: Fitted) -> int:
        if len(found.notes) <= AT_ONCE:
            clearing.publish(found.notes, by=found.by, at=at)
        else:
            db.session.add(NotesLeft(edition_id=found.edition.id, notes=[note.id for note in found.notes]))
        _let_find(found)
        keep_one(found.edition, found.laid)
        details = {"version": found.text.version, "sha256": found.edition.sha256}
        details["published_as"] = "adopted" if found.adopted else "draft"
        record("publish report", found.report, by=found.by, at=at, meeting_id=meeting_id, **details)
        beside.after(db.session.get_one(Meeting, meeting_id), found.text, found.by)
        return found.edition.id

    published = work_out(
        lambda: held_stand(report_id, meeting_id, [*listed(meeting_id), *beside.stand]),
        think,
        write,
        otherwise=_("The report was changed again and again while it was published. Publish it when nobody edits it."),
        ahead=written_ahead,
    )
    while _are_left(published):
        meanwhile(lambda: publish_notes(published, at))
    while _lines_are_old():
        meanwhile(forget_old_lines)
    return db.session.get_one(Edition, published, options=[defer(Edition.content)])


def _let_find(found: Fitted) -> None:
    """Let everybody find the paragraphs: those written ahead are found by the report's new version."""
    if not found.ahead:
        let_find(found.report, found.lines)
        return
    refuse_taken_away(found)
    mine = PublishedParagraph.report_id == found.report.id
    db.session.execute(delete(PublishedParagraph).where(mine, PublishedParagraph.version == 0))


def _lines_are_old() -> bool:
    found = db.session.scalar(old_lines().limit(1))
    db.session.rollback()  # nothing is held, and the next look is a new one
    return found is not None


def forget_old_lines() -> int:
    """Delete some of the lines of versions that another has followed. Returns how many."""
    return forget_lines(PublishedParagraph.id.in_(old_lines()), most=LINES_AT_ONCE)


def publish_notes(edition_id: int, at: datetime) -> None:
    """Put some more of the notes before the world that a large edition cites.

    What was taken back since the edition came out stays as it is.
    """
    left = db.session.get(NotesLeft, edition_id, populate_existing=True, with_for_update=True)
    if left is None:
        return  # another worker was faster
    now, rest = left.notes[:AT_ONCE], left.notes[AT_ONCE:]
    if rest:
        left.notes = rest
    else:
        db.session.delete(left)
    query = select(Note).where(Note.id.in_(now), Note.state == APPROVED, Note.deleted_at.is_(None)).order_by(Note.id)
    notes = db.session.scalars(query.options(joinedload(Note.session), joinedload(Note.current)))
    by = db.session.scalar(
        select(Person).join(Edition, Edition.published_by_id == Person.id).where(Edition.id == edition_id)
    )
    clearing.publish([note for note in notes if not note.current.off_record], by=by, at=at)


def editions_left() -> Select[int]:
    """Ask for the editions whose notes are not all before the world yet, as who published them died."""
    return select(NotesLeft.edition_id).order_by(NotesLeft.edition_id)


def _are_left(edition_id: int) -> bool:
    db.session.rollback()  # as it is now
    return db.session.scalar(editions_left().where(NotesLeft.edition_id == edition_id)) is not None


def _fitted(report: Report, beside: Beside, *, by: Person | None, at: datetime) -> Fitted:
    """Return what is published. The rows of the report are changed in memory, and none is written."""
    adopted, chapters = beside.before(report, by), chapters_of(report)
    text = fit_to_publish(report, chapters, findings(report, chapters), at=at, adopted=adopted)
    text = anchored(report, text, at=at)
    written = to_json(text)
    edition = Edition(
        report_id=report.id,
        version=text.version,
        content=content_of(text, written.decode()),
        sha256=digest(written),
        published_at=at,
        published_by_id=by.id if by else None,
    )
    db.session.add(edition)
    report.version, report.published_at, report.published_by_id = text.version, at, edition.published_by_id
    remark, lines = str(text.version), lines_of(chapters)
    snapshot = new_snapshot(report, PUBLISHED, lines, newest_of(report), by=by, at=at, remark=remark)
    if snapshot:
        db.session.add(snapshot)
    return Fitted(report, text, edition, _to_publish(chapters), by, adopted, as_found(text.paragraphs), laid_out(text))


def _to_publish(chapters: Sequence[Chapter]) -> list[Note]:
    """Return what the report cites and is not before the world yet."""
    cited = {
        one.note for chapter in chapters for paragraph in present_paragraphs(chapter) for one in paragraph.evidence
    }
    return sorted((note for note in cited if note.state == APPROVED), key=lambda note: note.id)


def listed(meeting_id: int) -> Iterable[Query]:
    """Ask who stands in the list of participants: nobody is printed who took their agreement back meanwhile."""
    here = (Registration.meeting_id == meeting_id, Registration.state == REGISTERED, Registration.lists_name)
    people = select(Registration.id, Registration.record_name).where(*here)
    yield at_once(people.order_by(Registration.category_id, Registration.id))  # as the index has them
