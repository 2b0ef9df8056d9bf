"""What compiles a report: beginning it, new notes, another policy, and notes that are told elsewhere."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import select

from eventapp.ground.db import db
from eventapp.ground.db.apart import work_out
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.history.actions import record
from eventapp.meetings.models import Body, Meeting
from eventapp.people.models import Person
from eventapp.record.notes.models import Note
from eventapp.review.compilation.ahead import make_current, written_ahead
from eventapp.review.compilation.changes import (
    Change,
    by_policy,
    known_policy,
    nothing,
    taken_in,
)
from eventapp.review.compilation.drafting import Drafted, Watch, drafted
from eventapp.review.compiling.actions import Compilation
from eventapp.review.reports.models import Report
from eventapp.review.reports.outlines import STANDARD, language_of, outline_of
from eventapp.review.reports.queries import report_at
from eventapp.review.stand.queries import held_stand

ALONE = Watch()


@dataclass(frozen=True)
class Draft:
    """What a report is begun with: its name in the address, its title and symbol, its body and how it attributes."""

    name: str
    title: str
    symbol: str
    policy: str
    body: str = ""  # the code of a body; '' for all of them
    outline: str = STANDARD  # the name of a file in outlines/
    language: str = ""  # '' for that of the outline


def start_report(meeting: Meeting, draft: Draft, *, by: Person | None, at: datetime) -> Report:
    """Begin a report and compile it. Refused where its name is taken, or body or outline are not known."""
    meeting_id = meeting.id

    def find() -> Report:
        return _new_report(db.session.get_one(Meeting, meeting_id), draft, at)

    _compiled(Wanted(find, meeting_id, begins=draft), by=by, at=at)
    made = select(Report).where(Report.meeting_id == meeting_id, Report.name == draft.name)
    return db.session.scalars(made).one()


def begin_report(meeting: Meeting, draft: Draft, *, by: Person | None, at: datetime) -> Report:
    """Begin a report without a word, which the worker compiles. Refused as it is above."""
    report = _new_report(meeting, draft, at)
    record("start report", report, by=by, at=at, **asdict(draft))
    return report


def compile_report(report: Report, *, by: Person | None, at: datetime, watch: Watch = ALONE) -> Compilation:
    """Bring the report up to the notes that are cleared now. Paragraphs edited by hand stay as the editor left them."""
    return compile_changed(report, nothing, by=by, at=at, watch=watch)


def choose_policy(report: Report, policy: str, *, by: Person | None, at: datetime) -> Compilation:
    """Say more or less of the sources: what was generated is written anew, what was edited by hand is only checked."""
    return compile_changed(report, by_policy(policy), by=by, at=at)


def put_in(report: Report, note: Note, *, by: Person | None, at: datetime, watch: Watch = ALONE) -> Compilation:
    """Take a note into the report after all: as its own paragraph, back in its chapter.

    Where the outline has no chapter for it, at the end of the report, as the editor's own from then on.
    """
    return compile_changed(report, taken_in(note.id), by=by, at=at, watch=watch)


@dataclass(frozen=True)
class Wanted:
    """Which report is compiled, or begun, and what is changed in it first."""

    find: Callable[[], Report]
    meeting_id: int
    report_id: int | None = None
    change: Change = nothing
    begins: Draft | None = None
    watch: Watch = ALONE


def compile_changed(
    report: Report, change: Change, *, by: Person | None, at: datetime, watch: Watch = ALONE
) -> Compilation:
    """Compile the report with this change to it, both or neither. Refused where the change is."""
    report_id = report.id

    def find() -> Report:
        return db.session.get_one(Report, report_id)

    return _compiled(Wanted(find, report.meeting_id, report_id, change, watch=watch), by=by, at=at)


def _compiled(wanted: Wanted, *, by: Person | None, at: datetime) -> Compilation:
    by_id = by.id if by else None

    def think() -> tuple[Drafted, Person | None]:
        who = db.session.get(Person, by_id) if by_id else None
        return drafted(wanted.find(), wanted.change, wanted.watch, by=who, at=at), who

    def write(found: tuple[Drafted, Person | None]) -> Compilation:
        compiled, who = found
        make_current(compiled)
        if wanted.begins:
            record("start report", compiled.report, by=who, at=at, **asdict(wanted.begins))
        compiled.write(by=who, at=at)
        wanted.watch.after(compiled.done)
        return compiled.done

    return work_out(
        lambda: held_stand(wanted.report_id, wanted.meeting_id),
        think,
        write,
        ahead=lambda found, rows: written_ahead(found[0], rows, at),
        otherwise=_("The report was changed again and again while it was compiled. Compile it when nobody edits it."),
    )


def _new_report(meeting: Meeting, draft: Draft, at: datetime) -> Report:
    """Return the new report, in memory. Refused where its name is taken, or body or outline are not known."""
    if report_at(meeting, draft.name):
        raise Refused(_("There is a report with this name already. Choose another name."), beside="name")
    report = Report(
        meeting=meeting,
        meeting_id=meeting.id,
        name=draft.name,
        title=draft.title,
        symbol=draft.symbol,
        body_id=_body(meeting, draft.body),
        policy=known_policy(draft.policy),
        outline=outline_of(draft.outline).name,
        language=language_of(draft.outline, draft.language),
        summary="",
        version=0,
        created_at=at,
    )
    db.session.add(report)
    return report


def _body(meeting: Meeting, code: str) -> int | None:
    found: list[Body] = [body for body in meeting.bodies if body.code == code]
    if code and not found:
        raise Refused(_("Choose a body of this meeting."))
    return found[0].id if found else None
