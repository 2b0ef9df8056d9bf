"""What the worker does for reports while their editors look on."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from eventapp.ground.clock import now
from eventapp.ground.db import db
from eventapp.ground.jobs.scheduler import Job, LongJob
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.meetings.prepared.jobs import making
from eventapp.people.models import Person
from eventapp.record.notes.models import Note
from eventapp.review.compilation.actions import compile_changed, put_in
from eventapp.review.compilation.changes import by_policy, nothing
from eventapp.review.compilation.drafting import Watch
from eventapp.review.compilation.outcome import outcome_of
from eventapp.review.files.making import FILE, make
from eventapp.review.groups.actions import leave_out_of, part, regroup, write_again
from eventapp.review.paged.actions import editions_not_laid_out, keep_pages
from eventapp.review.publishing.actions import editions_left, forget_old_lines, publish_notes
from eventapp.review.publishing.ahead import reports_left, take_some_away
from eventapp.review.reports.models import Paragraph, Report
from eventapp.review.searched.queries import old_lines
from eventapp.review.tasks.actions import Lease, finish, progress_of, take, work
from eventapp.review.tasks.models import COMPILE, LEAVE, MOVE, PART, PUT_IN, WRITE_AGAIN
from eventapp.review.tasks.queries import due


def compile_next(lease: Lease) -> Callable[[], None] | None:
    """Compile the report of this lease, under another policy where one is wanted.

    Returns what is to be written where it was not done.
    """

    def act(report: Report, by: Person | None) -> None:
        change = by_policy(lease.wanted) if lease.wanted else nothing
        compile_changed(report, change, by=by, at=lease.at, watch=watch_of(lease))

    return work(lease, act)


def put_in_next(lease: Lease) -> Callable[[], None] | None:
    """Take the note of this lease into its report. Returns what is to be written where it was not done."""
    return work(lease, lambda report, by: put_in(report, note_of(lease), by=by, at=lease.at, watch=watch_of(lease)))


def part_next(lease: Lease) -> Callable[[], None] | None:
    """Give the note of this lease a paragraph of its own. Returns the same."""
    return work(lease, lambda report, by: part(report, note_of(lease), by=by, at=lease.at, watch=watch_of(lease)))


def move_next(lease: Lease) -> Callable[[], None] | None:
    """Tell the note of this lease in the paragraph that was asked for. Returns the same."""
    wanted = lease.details

    def act(report: Report, by: Person | None) -> None:
        note, group = db.session.get_one(Note, wanted["note"]), paragraph_of(wanted["group"])
        regroup(report, note, group, by=by, at=lease.at, groups=wanted["groups"], watch=watch_of(lease))

    return work(lease, act)


def leave_next(lease: Lease) -> Callable[[], None] | None:
    """Leave the notes of this lease out of the report. Returns the same."""
    wanted = lease.details

    def act(report: Report, by: Person | None) -> None:
        notes = [db.session.get_one(Note, number) for number in wanted["notes"]]
        watch = watch_of(lease)
        leave_out_of(report, notes, wanted["reason"], by=by, at=lease.at, groups=wanted["groups"], watch=watch)

    return work(lease, act)


def write_next_again(lease: Lease) -> Callable[[], None] | None:
    """Write the paragraph of this lease again of its notes. Returns the same."""

    def act(_report: Report, by: Person | None) -> None:
        paragraph = paragraph_of(int(lease.wanted))
        written = [(_("The paragraph is written again of its notes."), "ok")]
        write_again(paragraph, by=by, at=lease.at, after=lambda: finish(lease, written))

    return work(lease, act)


def watch_of(lease: Lease) -> Watch:
    return Watch(progress_of(lease, now), lambda done: finish(lease, outcome_of(done)))


def paragraph_of(number: int) -> Paragraph:
    """Return it. Refused where it is gone."""
    paragraph = db.session.get(Paragraph, number)
    if paragraph is None:
        raise Refused(_("This paragraph is not in the report any more."))
    return paragraph


def note_of(lease: Lease) -> Note:
    return db.session.get_one(Note, int(lease.wanted))


def asked(name: str, act: str, work_on: Callable[[Lease], Callable[[], None] | None]) -> LongJob[Lease]:
    """The job of the tasks of this kind."""
    return LongJob(
        name, lambda at: db.session.scalar(due(act, at)) is not None, partial(take, act), work_on, is_heavy=True
    )


def has_pages_to_keep(_at: datetime) -> bool:
    """Whether an edition is not laid out on pages: one of before, one restored, or its publisher died."""
    return take_edition(_at) is not None


def take_edition(_at: datetime) -> int | None:
    """The newest of them."""
    return db.session.scalar(editions_not_laid_out().limit(1))


def keep_next_pages(edition: int) -> None:
    """Lay it out. Nothing is left to be written."""
    keep_pages(edition)


LONG_JOBS = (
    asked("compile reports", COMPILE, compile_next),
    asked("take notes into reports", PUT_IN, put_in_next),
    asked("part notes of reports", PART, part_next),
    asked("move notes of reports", MOVE, move_next),
    asked("leave notes of groups out of reports", LEAVE, leave_next),
    asked("write paragraphs again", WRITE_AGAIN, write_next_again),
    making("make files of reports", FILE, make),
    LongJob("lay reports out on pages", has_pages_to_keep, take_edition, keep_next_pages, is_heavy=True),
)


def has_notes_left(_at: datetime) -> bool:
    """Whether an edition came out whose notes are not all before the world."""
    return db.session.scalar(editions_left().limit(1)) is not None


def publish_next_notes(at: datetime) -> int:
    """Put some of them before the world. Returns how many editions that was for."""
    edition = db.session.scalar(editions_left().limit(1))
    if edition is not None:
        publish_notes(edition, at)
    return int(edition is not None)


def has_edition_left(at: datetime) -> bool:
    """Whether an edition was written ahead that never came out."""
    return db.session.scalar(reports_left(at).limit(1)) is not None


def take_next_away(at: datetime) -> int:
    """Take some of it away. Returns how many rows."""
    report_id = db.session.scalar(reports_left(at).limit(1))
    return take_some_away(report_id) if report_id else 0


def has_old_lines(_at: datetime) -> bool:
    """Whether the search has lines of versions that another has followed."""
    return db.session.scalar(old_lines().limit(1)) is not None


JOBS = (
    Job("publish the notes of a report", has_notes_left, publish_next_notes),
    Job("take away editions that never came out", has_edition_left, take_next_away),
    Job("forget old lines of the search", has_old_lines, lambda _at: forget_old_lines()),
)
