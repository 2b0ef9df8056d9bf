"""An organizer imports sessions: a file, what it would do, what the meeting lacks, the import, and the way back."""

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.agenda.imports import actions
from eventapp.agenda.imports.foreign import MOST_BYTES, ForeignFile, Unfit
from eventapp.agenda.imports.forms import ColumnsForm, ScheduleFileForm, SeatsForm, columns_sent
from eventapp.agenda.imports.models import CHOOSING, IMPORTING, AgendaImport
from eventapp.agenda.imports.queries import counts, import_of, imports_of, rows_page
from eventapp.agenda.imports.reading import read
from eventapp.agenda.imports.tables import choosing
from eventapp.agenda.imports.tables.columns import choices, fault_in_columns
from eventapp.agenda.imports.tables.queries import example_of
from eventapp.agenda.releases.changes import FIELDS
from eventapp.ground.clock import now
from eventapp.ground.tables.reading import Sheet
from eventapp.ground.text.i18n import _
from eventapp.ground.text.languages import language_named
from eventapp.ground.web.attempt import attempt, attempt_apart, refusal_from
from eventapp.ground.web.uploads import uploaded
from eventapp.meetings.access import with_meeting, with_row
from eventapp.meetings.kinds.queries import kinds_of
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import run_meeting
from eventapp.people.current import current_person

bp = Blueprint("agenda_imports", __name__, url_prefix="/meetings/<slug>/manage/agenda/imports")


@bp.get("")
@with_meeting(may=run_meeting)
def index(meeting: Meeting) -> ResponseReturnValue:
    """Choose a file; the imports of before."""
    return index_of(meeting, ScheduleFileForm(meeting))


@bp.post("")
@with_meeting(may=run_meeting)
def choose(meeting: Meeting) -> ResponseReturnValue:
    """Read the file and show what it would do."""
    form, sent = ScheduleFileForm(meeting, request.form), uploaded("file")
    content = sent.stream.read(MOST_BYTES + 1) if sent else b""
    try:
        file = read(content, meeting.tz)
    except Unfit as fault:
        form.file.errors = [str(fault) if sent else _("Choose the file.")]
        return index_of(meeting, form), 422
    name = (sent.filename if sent else "") or _("Agenda")
    number = attempt(form, lambda: number_of(meeting, name, file, form.texts_in.data or ""))
    if number is None:
        return index_of(meeting, form), 409
    return redirect(url_for(".show", slug=meeting.slug, number=number), 303)


def number_of(meeting: Meeting, name: str, file: ForeignFile | Sheet, texts_in: str) -> int:
    """The number of the import that this file has become."""
    if isinstance(file, Sheet):
        return choosing.receive_table(meeting, name, file, by=current_person(), at=now(), texts_in=texts_in).id
    return actions.receive(meeting, name, file, by=current_person(), at=now(), texts_in=texts_in).id


@bp.get("/<int:number>")
@with_row(import_of, may=run_meeting)
def show(one: AgendaImport) -> ResponseReturnValue:
    """What it would do, what is missing, how far the worker is, what was done."""
    if one.state == CHOOSING:
        return columns_page(one, ColumnsForm(order=one.day_order), one.columns)
    return page_of(one, SeatsForm(seats=100))


@bp.post("/<int:number>/columns")
@with_row(import_of, may=run_meeting)
def choose_columns(one: AgendaImport) -> ResponseReturnValue:
    """Have the table compared with these columns."""
    form, columns = ColumnsForm(request.form), columns_sent(request.form, len(one.heads))
    form.refusal = fault_in_columns(columns)
    if form.refusal:
        return columns_page(one, form, columns), 422
    order = attempt_apart(form, lambda: choosing.order_of_days(one, columns, form.order.data or ""))
    if order is not None:
        attempt(form, lambda: choosing.choose_columns(one, columns, order))
    return (columns_page(one, form, columns), 409) if form.refused else to(one)


@bp.post("/<int:number>/columns/again")
@with_row(import_of, may=run_meeting)
def choose_again(one: AgendaImport) -> ResponseReturnValue:
    """Back to the columns, before anything was imported."""
    return done(one, refusal_from(lambda: choosing.choose_again(one)))


@bp.post("/<int:number>/rooms")
@with_row(import_of, may=run_meeting)
def make_rooms(one: AgendaImport) -> ResponseReturnValue:
    """Give the meeting the rooms of the file."""
    form = SeatsForm(request.form)
    if not form.validate():
        return page_of(one, form), 422
    seats = int(form.seats.data or 0)
    attempt(form, lambda: actions.make_rooms(one, seats, by=current_person(), at=now()))
    return (page_of(one, form), 409) if form.refused else to(one)


@bp.post("/<int:number>/kinds")
@with_row(import_of, may=run_meeting)
def make_kinds(one: AgendaImport) -> ResponseReturnValue:
    """Give the meeting the kinds of session of the file."""
    return done(one, refusal_from(lambda: actions.make_kinds(one, by=current_person(), at=now())))


@bp.post("/<int:number>/kind")
@with_row(import_of, may=run_meeting)
def choose_kind(one: AgendaImport) -> ResponseReturnValue:
    """Say what sessions become whose kind the meeting has not."""
    kind = request.form.get("kind", "")
    return done(one, refusal_from(lambda: actions.choose_kind(one, kind)))


@bp.post("/<int:number>/start")
@with_row(import_of, may=run_meeting)
def start(one: AgendaImport) -> ResponseReturnValue:
    """Import every session that nothing is wrong with."""
    cancels = "cancels" in request.form
    return done(one, refusal_from(lambda: actions.start(one, cancels=cancels, at=now())))


@bp.post("/<int:number>/compare")
@with_row(import_of, may=run_meeting)
def compare_again(one: AgendaImport) -> ResponseReturnValue:
    """Have it compared where that failed or was stopped."""
    return done(one, refusal_from(lambda: actions.compare_again(one)))


@bp.post("/<int:number>/stop")
@with_row(import_of, may=run_meeting)
def stop(one: AgendaImport) -> ResponseReturnValue:
    """Stop what the worker does."""
    return done(one, refusal_from(lambda: actions.stop(one, by=current_person(), at=now())))


@bp.post("/<int:number>/undo")
@with_row(import_of, may=run_meeting)
def undo(one: AgendaImport) -> ResponseReturnValue:
    """Take back what nobody has changed since."""
    return done(one, refusal_from(lambda: actions.undo(one, by=current_person(), at=now())))


def done(one: AgendaImport, refusal: str) -> ResponseReturnValue:
    if refusal:
        flash(refusal, "stop")
    return to(one)


def to(one: AgendaImport) -> ResponseReturnValue:
    return redirect(url_for(".show", slug=one.meeting.slug, number=one.id), 303)


def index_of(meeting: Meeting, form: ScheduleFileForm) -> str:
    listed = imports_of(meeting, request.args.get("page"))
    return render_template("agenda/imports/index.html", meeting=meeting, form=form, listed=listed)


def columns_page(one: AgendaImport, form: ColumnsForm, columns: Sequence[str]) -> str:
    return render_template(
        "agenda/imports/columns.html",
        meeting=one.meeting,
        one=one,
        form=form,
        columns=columns,
        choices=choices(),
        example=example_of(one),
    )


def page_of(one: AgendaImport, form: SeatsForm) -> str:
    outcome = request.args.get("outcome", "")
    labels = {**FIELDS, "starts_at": _("From"), "ends_at": _("Until"), "room_id": _("Room"), "body_id": _("Reports to")}
    return render_template(
        "agenda/imports/show.html",
        meeting=one.meeting,
        one=one,
        form=form,
        tally=counts(one),
        outcome=outcome,
        listed=rows_page(one, outcome, request.args.get("page")),
        labels=labels,
        tongue=language_named(one.tongue) if one.tongue else "",
        kinds=kinds_of(one.meeting),
        can_go_on=one.left == IMPORTING,
        can_undo=actions.can_undo(one, now()),
    )
