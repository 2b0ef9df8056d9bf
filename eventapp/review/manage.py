"""The review of a meeting for those who write it: its reports, and what has been covered."""

from http import HTTPStatus

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.agenda.models import Session
from eventapp.ground.clock import now
from eventapp.ground.text.dates import local
from eventapp.ground.text.i18n import language
from eventapp.ground.web.attempt import attempt, attempt_apart
from eventapp.ground.web.downloads import download
from eventapp.ground.web.forms import Form
from eventapp.ground.web.pages import Address
from eventapp.ground.web.paging import page_of
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.themes.queries import themes_of
from eventapp.people.current import current_person
from eventapp.review.compilation.actions import begin_report, start_report
from eventapp.review.coverage.counting import GROUPS, STATES, Counting, mark_of
from eventapp.review.coverage.figures import ALL, Counts, Coverage, Tagged
from eventapp.review.coverage.figures import table_of as coverage_of
from eventapp.review.coverage.gaps import ask_in_next_session, last_asked, leader_of, next_session
from eventapp.review.coverage.queries import (
    counted_notes,
    known_in,
    sessions_counted,
    stand_of,
    tags_counted,
)
from eventapp.review.coverage.table_csv import coverage_csv
from eventapp.review.editor.forms import ReportForm
from eventapp.review.reports.models import Report
from eventapp.review.reports.noted import notes_with
from eventapp.review.reports.queries import reports_of
from eventapp.review.reports.rules import edit_review
from eventapp.review.tasks import actions as tasks
from eventapp.review.tasks.models import COMPILE
from eventapp.review.tasks.queries import is_large
from eventapp.vocabulary.notes import NOTE_KINDS
from eventapp.vocabulary.term import choices

bp = Blueprint("review_manage", __name__, url_prefix="/meetings/<slug>/review")
FETCHED = "X-Fetched-By"
A_PAGE = 50  # notes of a cell


@bp.get("")
@with_meeting(may=edit_review)
def index(meeting: Meeting) -> ResponseReturnValue:
    """The reports of the meeting, and how much of the Matrix has evidence."""
    return reports(meeting, ReportForm(body="").for_meeting(meeting))


@bp.post("")
@with_meeting(may=edit_review)
def create(meeting: Meeting) -> ResponseReturnValue:
    """Begin a report and compile it; a large one is compiled by the worker."""
    form = ReportForm(request.form).for_meeting(meeting)
    if not form.validate():
        return reports(meeting, form), 422
    if is_large(meeting):
        report = attempt(form, lambda: new_for_the_worker(meeting, form))
        page = "review_tasks.show"
    else:
        report = attempt_apart(form, lambda: start_report(meeting, form.draft(), by=current_person(), at=now()))
        page = "review_editor.show"
    if report is None:
        return reports(meeting, form), 409
    return redirect(url_for(page, slug=meeting.slug, report=report.name), 303)


def new_for_the_worker(meeting: Meeting, form: ReportForm) -> Report:
    """Begin a report without a word, and ask the worker to compile it."""
    report = begin_report(meeting, form.draft(), by=current_person(), at=now())
    tasks.ask(report, COMPILE, by=current_person(), at=now())
    return report


@bp.get("/coverage")
@with_meeting(may=edit_review)
def covered(meeting: Meeting) -> ResponseReturnValue:
    """The table of action lines and goals. ?line= and &goal= open a cell; others say which notes are counted.

    For the script that keeps the page fresh: 304 where nothing it shows has changed.
    """
    if FETCHED not in request.headers:
        return table_of(meeting)
    answer = make_response("")
    answer.headers["X-As-Of"] = on_the_clock(meeting)
    answer.set_etag(mark(meeting, next_session(meeting, at=now())), weak=True)
    answer.make_conditional(request)
    if answer.status_code == HTTPStatus.OK:  # the table is not drawn for who has it
        answer.set_data(table_of(meeting))
    return answer


@bp.post("/coverage")
@with_meeting(may=edit_review)
def ask(meeting: Meeting) -> ResponseReturnValue:
    """Send the widest gaps of what is counted to the moderator of the next session."""
    look, form = known_in(meeting, Counting.of(request.args)), Form()
    gaps = counted(meeting, tags_counted(meeting, look)).widest_gaps
    attempt(form, lambda: ask_in_next_session(meeting, gaps, look, by=current_person(), at=now()))
    if form.refused:
        return table_of(meeting, form), 409
    where: Address = {"slug": meeting.slug, **look.address(), "_anchor": "gaps"}
    return redirect(url_for("review_manage.covered", **where), 303)


@bp.get("/coverage.csv")
@with_meeting(may=edit_review)
def covered_csv(meeting: Meeting) -> ResponseReturnValue:
    """The same table for a spreadsheet."""
    notes = tags_counted(meeting, known_in(meeting, Counting.of(request.args)))
    return download(f"coverage-{meeting.slug}.csv", "text/csv", coverage_csv(counted(meeting, notes)))


def table_of(meeting: Meeting, form: Form | None = None) -> str:
    sessions, themes = sessions_counted(meeting), themes_of(meeting)
    look = Counting.of(request.args).known_in(one.code for one in sessions)
    table = counted(meeting, tags_counted(meeting, look))
    cell = table.cell(request.args.get("line", ""), request.args.get("goal", 0, type=int))
    in_cell = [one for one in counted_notes(meeting, look) if is_in(one.tags, cell.line, cell.goal)] if cell else []
    shown = page_of(in_cell, request.args.get("page"), most=A_PAGE)
    upcoming = next_session(meeting, at=now())
    return render_template(
        "review/coverage.html",
        meeting=meeting,
        form=form,
        table=table,
        cell=cell,
        cell_sessions=list(dict.fromkeys(one.session for one in in_cell)),
        shown=shown,
        cell_notes=notes_with([one.id for one in shown.rows]),
        targets=themes.matrix[cell.line][cell.goal].targets if cell and cell.expected else (),
        look=look,
        session_choices=[(one.code, f"{one.code}, {one.title}") for one in sessions],
        kind_choices=choices(NOTE_KINDS),
        group_choices=choices(GROUPS),
        upcoming=upcoming,
        leader=leader_of(upcoming) if upcoming else None,
        asked=last_asked(upcoming) if upcoming else None,
        states=STATES,
        themes=themes,
        lines=themes.lines,
        goals=themes.goals,
        kinds=NOTE_KINDS,
        as_of=on_the_clock(meeting),
        mark=mark(meeting, upcoming),
        opened_at=now(),
    )


def mark(meeting: Meeting, upcoming: Session | None) -> str:
    """Changes with every note that may be counted, with the session that comes next, and with the reader's language."""
    return mark_of(stand_of(meeting), meeting.version, upcoming.id if upcoming else 0, language())


def on_the_clock(meeting: Meeting) -> str:
    return f"{local(now(), meeting.tz):%H:%M:%S}"


def reports(meeting: Meeting, form: ReportForm) -> str:
    return render_template(
        "review/index.html",
        meeting=meeting,
        reports=reports_of(meeting),
        table=counted(meeting, tags_counted(meeting, Counting())),
        form=form,
    )


def counted(meeting: Meeting, notes: Counts) -> Coverage:
    """The table of these notes by action lines and goals, over the themes that the meeting has."""
    themes = themes_of(meeting)
    return coverage_of(notes, lines=themes.lines or (ALL,), goals=themes.goals, matrix=themes.matrix)


def is_in(tags: Tagged, line: str, goal: int) -> bool:
    return line in (ALL, *tags.lines) and goal in tags.goals
