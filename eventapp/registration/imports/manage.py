"""An organizer imports people: a file, its columns, every fault, then all who are sound; and takes it back."""

from collections.abc import Mapping

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.ground.clock import now
from eventapp.ground.db import db
from eventapp.ground.tables.formats import XLSX
from eventapp.ground.tables.reading import read_head
from eventapp.ground.text.i18n import _
from eventapp.ground.web.attempt import attempt, refusal_from
from eventapp.ground.web.downloads import download
from eventapp.ground.web.uploads import uploaded
from eventapp.meetings.access import with_meeting, with_row
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import run_meeting
from eventapp.registration.imports import actions
from eventapp.registration.imports.columns import (
    GUEST_FIELDS,
    NEEDED,
    NEEDED_OF_GUESTS,
    choices_for,
    guessed,
    questions_for,
    sealed_questions,
)
from eventapp.registration.imports.forms import PeopleFileForm, TermsForm, columns_sent, fault_in_columns
from eventapp.registration.imports.guests.forms import GuestTermsForm
from eventapp.registration.imports.models import CHOOSING, FAILED, GUESTS, PEOPLE, Import
from eventapp.registration.imports.planning import MOST_PEOPLE
from eventapp.registration.imports.queries import (
    columns_before,
    counts,
    faulty,
    faulty_page,
    import_of,
    imports_of,
)
from eventapp.registration.lists.sheets import csv_of, xlsx_of
from eventapp.registration.manage import me
from eventapp.registration.queries import places_left
from eventapp.registration.views import count_files

bp = Blueprint("imports", __name__, url_prefix="/meetings/<slug>/manage/imports")

MOST_BYTES, EXAMPLE = 10_000_000, 3
FORMS: Mapping[str, type[TermsForm] | type[GuestTermsForm]] = {PEOPLE: TermsForm, GUESTS: GuestTermsForm}


@bp.get("")
@with_meeting(may=run_meeting)
def index(meeting: Meeting) -> ResponseReturnValue:
    """Choose a file; the imports of before."""
    return index_of(meeting, PeopleFileForm(None, kind=kind_in(request.args.get("kind"))))


@bp.post("")
@with_meeting(may=run_meeting)
def choose(meeting: Meeting) -> ResponseReturnValue:
    """Keep the file and ask what its columns are."""
    count_files()
    form, sent = PeopleFileForm(request.form), uploaded("file")
    content = sent.stream.read(MOST_BYTES + 1) if sent else b""
    fault, head = fault_in_file(content)
    if fault:
        form.file.errors = [fault]
        return index_of(meeting, form), 422
    name = (sent.filename if sent else "") or _("People")
    kind = kind_in(form.kind.data)
    number = attempt(form, lambda: added(actions.receive(meeting, name, content, head, by=me(), at=now(), kind=kind)))
    if number is None:
        return index_of(meeting, form), 409
    return redirect(url_for(".show", slug=meeting.slug, number=number), 303)


@bp.get("/people.<any(csv, xlsx):ending>")
@with_meeting(may=run_meeting)
def template(meeting: Meeting, ending: str) -> ResponseReturnValue:
    """An empty file with every column that there can be."""
    head = list(choices_of(meeting, kind_in(request.args.get("kind"))).values())
    name = f"{meeting.slug}-people.{ending}"
    if ending == "csv":
        return download(name, "text/csv", csv_of(head, []))
    return download(name, XLSX, xlsx_of(_("People"), head, []))


@bp.get("/<int:number>")
@with_row(import_of, may=run_meeting)
def show(one: Import) -> ResponseReturnValue:
    """How it stands: the columns to choose, how far the worker is, what would be done, what was done."""
    return page_of(one, FORMS[one.kind](None, one.meeting, **dict(one.terms)))


@bp.post("/<int:number>/columns")
@with_row(import_of, may=run_meeting)
def check(one: Import) -> ResponseReturnValue:
    """Have the file checked with these columns."""
    form = FORMS[one.kind](request.form, one.meeting)
    choices = choices_of(one.meeting, one.kind)
    columns = columns_sent(request.form, len(one.heads), choices)
    fault = fault_in_columns(columns, choices, NEEDED if one.kind == PEOPLE else NEEDED_OF_GUESTS)
    if fault or not form.validate():
        form.refusal = fault
        return page_of(one, form, columns=columns), 422
    attempt(form, lambda: actions.check(one, columns, form.terms, at=now()))
    return (page_of(one, form), 409) if form.refused else to(one)


@bp.post("/<int:number>/columns/again")
@with_row(import_of, may=run_meeting)
def choose_again(one: Import) -> ResponseReturnValue:
    """Back to the columns, before anything was imported."""
    return done(one, refusal_from(lambda: actions.choose_again(one)))


@bp.post("/<int:number>/start")
@with_row(import_of, may=run_meeting)
def start(one: Import) -> ResponseReturnValue:
    """Import every row that nothing is wrong with."""
    return done(one, refusal_from(lambda: actions.start(one, at=now())))


@bp.post("/<int:number>/stop")
@with_row(import_of, may=run_meeting)
def stop(one: Import) -> ResponseReturnValue:
    """Stop what the worker does."""
    return done(one, refusal_from(lambda: actions.stop(one, by=me(), at=now())))


@bp.post("/<int:number>/undo")
@with_row(import_of, may=run_meeting)
def undo(one: Import) -> ResponseReturnValue:
    """Take back whatever nobody has used since."""
    return done(one, refusal_from(lambda: actions.undo(one, by=me(), at=now())))


@bp.get("/<int:number>/faults.csv")
@with_row(import_of, may=run_meeting)
def faults(one: Import) -> ResponseReturnValue:
    """Every fault as CSV: to put the file right by."""
    rows = db.session.scalars(faulty(one))
    lines = [[str(row.number), *fault] for row in rows for fault in row.faults]
    head = [_("Row"), _("Cell"), _("What is wrong"), _("What stands there")]
    return download(f"{one.meeting.slug}-import-{one.id}-faults.csv", "text/csv", csv_of(head, lines))


def fault_in_file(content: bytes) -> tuple[str, list[tuple[str, ...]]]:
    """Why this file cannot be kept, "" where it can, and its first rows."""
    if not content:
        return _("Choose the file."), []
    if len(content) > MOST_BYTES:
        return _("The file is too large. Choose one of %(most)s MB or less.", most=MOST_BYTES // 1_000_000), []
    sheet = read_head(content, most=1 + EXAMPLE)
    whole = [fault.sentence for fault in sheet.faults if not fault.cell]
    if whole:
        return whole[0], []
    if len(sheet.rows) < 2 or not any(cell.strip() for cell in sheet.rows[0]):  # noqa: PLR2004 -- a head and somebody
        return _("The first row has to name the columns, and people stand in the rows below it."), []
    return "", list(sheet.rows)


def added(one: Import) -> int:
    return one.id


def done(one: Import, refusal: str) -> ResponseReturnValue:
    if refusal:
        flash(refusal, "stop")
    return to(one)


def to(one: Import) -> ResponseReturnValue:
    return redirect(url_for(".show", slug=one.meeting.slug, number=one.id), 303)


def index_of(meeting: Meeting, form: PeopleFileForm) -> str:
    kind = kind_in(form.kind.data)
    listed = imports_of(meeting, kind, request.args.get("page"))
    return render_template(
        "registration/imports/index.html", meeting=meeting, form=form, listed=listed, most=MOST_PEOPLE, kind=kind
    )


def kind_in(wanted: str | None) -> str:
    """What the rows of a file become: people, unless guests are asked for."""
    return GUESTS if wanted == GUESTS else PEOPLE


def choices_of(meeting: Meeting, kind: str) -> dict[str, str]:
    """What a column of such a file can be, by code."""
    if kind == GUESTS:
        return {code: str(words) for code, words in GUEST_FIELDS.items()}
    return choices_for(meeting, questions_for(meeting))


def guessed_of(one: Import, choices: Mapping[str, str]) -> list[str]:
    """What the columns are by their headings, and by an earlier file."""
    questions = questions_for(one.meeting) if one.kind == PEOPLE else ()
    found = guessed(one.heads, questions, columns_before(one.meeting, one.kind))
    codes = ["language" if code == "languages" and one.kind == GUESTS else code for code in found]
    return [code if code in choices else "" for code in codes]


def page_of(one: Import, form: TermsForm | GuestTermsForm, *, columns: list[str] | None = None) -> str:
    """The page of one import; columns that were sent stand on it as they were chosen."""
    choices = choices_of(one.meeting, one.kind)
    columns = list(one.columns) or guessed_of(one, choices) if columns is None else columns
    tally: Mapping[str, int] = counts(one)
    return render_template(
        "registration/imports/show.html",
        meeting=one.meeting,
        one=one,
        form=form,
        choices=choices,
        sealed=sealed_questions(one.meeting) if one.kind == PEOPLE else [],
        columns=columns,
        tally=tally,
        listed=faulty_page(one, request.args.get("page")),
        left=places_left(one.meeting),
        is_choosing=one.state == CHOOSING or (one.state == FAILED and one.resumes == "checking"),
        can_undo=actions.can_undo(one, now()),
    )
