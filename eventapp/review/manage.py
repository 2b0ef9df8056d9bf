"""The review of a meeting for those who write it: its reports, and what has been covered."""

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.clock import now
from eventapp.db import transaction
from eventapp.meetings.gate import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.outcomes.models import Note
from eventapp.people.current import current_person
from eventapp.refusal import Refused
from eventapp.review.actions import start_report
from eventapp.review.coverage import Coverage, Tagged, coverage
from eventapp.review.coverage_csv import coverage_csv
from eventapp.review.forms import ReportForm
from eventapp.review.queries import notes_counted, reports_of
from eventapp.review.rules import edit_review
from eventapp.vocabulary.goals import GOALS
from eventapp.vocabulary.lines import ACTION_LINES
from eventapp.vocabulary.matrix import MATRIX
from eventapp.vocabulary.notes import NOTE_KINDS

bp = Blueprint("review_manage", __name__, url_prefix="/meetings/<slug>/review")

CLEARED = "cleared"


@bp.get("")
@with_meeting(may=edit_review)
def index(meeting: Meeting) -> ResponseReturnValue:
    """The reports of the meeting, and how much of the Matrix has evidence."""
    return reports(meeting, ReportForm(body="").for_meeting(meeting))


@bp.post("")
@with_meeting(may=edit_review)
def create(meeting: Meeting) -> ResponseReturnValue:
    """Begin a report and compile it."""
    form = ReportForm(request.form).for_meeting(meeting)
    if not form.validate():
        return reports(meeting, form), 422
    try:
        with transaction():
            report = start_report(meeting, form.draft(), by=current_person(), at=now())
    except Refused as refusal:
        form.refuse(refusal)
        return reports(meeting, form), 409
    return redirect(url_for("review_editor.show", slug=meeting.slug, report=report.name), 303)


@bp.get("/coverage")
@with_meeting(may=edit_review)
def covered(meeting: Meeting) -> ResponseReturnValue:
    """The table of action lines and goals. ?line= and &goal= open a cell; ?count=cleared counts cleared notes only."""
    only_cleared = request.args.get("count") == CLEARED
    notes = notes_counted(meeting, cleared=only_cleared)
    table = counted(notes)
    cell = table.cell(request.args.get("line", ""), request.args.get("goal", 0, type=int))
    return render_template(
        "review/coverage.html",
        meeting=meeting,
        table=table,
        cell=cell,
        cell_notes=[note for note in notes if cell and is_in(note, cell.line, cell.goal)],
        targets=MATRIX[cell.line][cell.goal].targets if cell and cell.expected else (),
        count=CLEARED if only_cleared else "",
        lines=ACTION_LINES,
        goals=GOALS,
        kinds=NOTE_KINDS,
    )


@bp.get("/coverage.csv")
@with_meeting(may=edit_review)
def covered_csv(meeting: Meeting) -> ResponseReturnValue:
    """The same table for a spreadsheet."""
    notes = notes_counted(meeting, cleared=request.args.get("count") == CLEARED)
    answer = Response(coverage_csv(counted(notes)), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="coverage-{meeting.slug}.csv"'
    return answer


def reports(meeting: Meeting, form: ReportForm) -> str:
    return render_template(
        "review/index.html",
        meeting=meeting,
        reports=reports_of(meeting),
        table=counted(notes_counted(meeting, cleared=False)),
        form=form,
    )


def counted(notes: list[Note]) -> Coverage:
    return coverage([Tagged(tuple(note.current.action_lines), tuple(note.current.goals)) for note in notes])


def is_in(note: Note, line: str, goal: int) -> bool:
    return line in note.current.action_lines and goal in note.current.goals
