"""The page of a decision about many: how far it is, whom it was not done for; it is stopped, gone on with, undone."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.ground.clock import now
from eventapp.ground.web.attempt import refusal_from
from eventapp.ground.web.paging import page_in_sql
from eventapp.meetings.access import with_row
from eventapp.meetings.rules import run_meeting
from eventapp.registration.decisions.tasks.actions import ask_to_undo, resume, stop
from eventapp.registration.decisions.tasks.models import DecisionTask
from eventapp.registration.decisions.tasks.progress import how_it_stands
from eventapp.registration.decisions.tasks.queries import PAGE, left_in, task_of
from eventapp.registration.lists.listing import read_look
from eventapp.registration.manage import me

bp = Blueprint("decision_tasks", __name__, url_prefix="/meetings/<slug>/manage/decisions")


@bp.get("/<int(max=999999999):number>")
@with_row(task_of, may=run_meeting)
def show(task: DecisionTask) -> ResponseReturnValue:
    """How it stands; as the list of registrations says it where that asks."""
    stands = how_it_stands(task)
    listed = page_in_sql(left_in(task), request.args.get("page"), most=PAGE, count=stands.left)
    words = {"stands": stands, "listed": listed, "alone": request.args.get("on") != "list"}
    return render_template("registration/decisions/show.html", meeting=task.meeting, **words)


@bp.post("/<int(max=999999999):number>/stop")
@with_row(task_of, may=run_meeting, even_closed=True)
def stopping(task: DecisionTask) -> ResponseReturnValue:
    """Stop what the worker has not decided yet. Of a closed meeting too: that changes nothing of it."""
    return back(task, refusal_from(lambda: stop(task, by=me(), at=now())))


@bp.post("/<int(max=999999999):number>/resume")
@with_row(task_of, may=run_meeting)
def resuming(task: DecisionTask) -> ResponseReturnValue:
    """Go on with what was stopped, or has failed."""
    return back(task, refusal_from(lambda: resume(task, by=me(), at=now())))


@bp.post("/<int(max=999999999):number>/undo")
@with_row(task_of, may=run_meeting)
def undo(task: DecisionTask) -> ResponseReturnValue:
    """Have the worker take back what it decided."""
    return back(task, refusal_from(lambda: ask_to_undo(task, by=me(), at=now())))


def back(task: DecisionTask, refusal: str) -> ResponseReturnValue:
    """To the list as it was looked at, which says how it stands."""
    if refusal:
        flash(refusal, "stop")
    look = read_look(request.form).address()
    return redirect(url_for("registration_manage.index", slug=task.meeting.slug, **look), 303)
