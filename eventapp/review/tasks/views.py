"""The page of what the worker does to a report: how far it is, and where it leads when it is done."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from eventapp.ground.clock import now
from eventapp.ground.db.types import Record
from eventapp.ground.jobs.leased import DONE
from eventapp.ground.text.i18n import _
from eventapp.ground.web.attempt import attempt
from eventapp.ground.web.forms import Form
from eventapp.people.current import current_person
from eventapp.review.reports.access import with_report
from eventapp.review.reports.models import Report
from eventapp.review.reports.rules import edit_review
from eventapp.review.tasks.actions import ask, stop
from eventapp.review.tasks.models import CHECK, LEAVE, MOVE, Task
from eventapp.review.tasks.queries import task_of

CHECKED_FOR = {"publication": "clearance_publication.show", "clearance": "clearance_manage.show"}

bp = Blueprint("review_tasks", __name__, url_prefix="/meetings/<slug>/review/reports/<report>")


@bp.get("/task")
@with_report(may=edit_review)
def show(report: Report) -> ResponseReturnValue:
    """How far the worker is; once it is done, the page that shows what came of it."""
    task = task_of(report)
    if task is None or task.state == DONE:
        for words, tone in task.outcome if task else ():
            flash(words, tone)
        return redirect(asked_from(report, task), 303)
    return render_template(
        "review/task.html",
        meeting=report.meeting,
        report=report,
        task=task,
        back=asked_from(report, task),
        reason=task.details["reason"] if task.act == LEAVE else "",
    )


@bp.post("/task/stop")
@with_report(may=edit_review)
def stopping(report: Report) -> ResponseReturnValue:
    """Stop what the worker has not done yet; the report stays as it is."""
    attempt(Form(), lambda: stop(report, by=current_person(), at=now()))
    return redirect(url_for(".show", slug=report.meeting.slug, report=report.name), 303)


def asked_from(report: Report, task: Task | None) -> str:
    """The address of the page that shows what came of the task: the editor, or the page that it was checked for.

    Of a note that is moved, the paragraph that it is moved to.
    """
    if task and task.act == MOVE:
        number = task.details["group"]
        place = {"paragraph": number, "_anchor": f"para-{number}"}
        return url_for("review_editor.show", slug=report.meeting.slug, report=report.name, **place)
    page = CHECKED_FOR.get(task.wanted, "review_editor.show") if task and task.act == CHECK else "review_editor.show"
    return url_for(page, slug=report.meeting.slug, report=report.name)


def handed_over(report: Report, act: str, *, wanted: str = "", details: Record | None = None) -> ResponseReturnValue:
    """Ask the worker for it, and go to the page that shows how far it is: of what it is at, where that is another."""
    details = details or {}
    task = attempt(Form(), lambda: ask(report, act, by=current_person(), at=now(), wanted=wanted, details=details))
    if task and (task.act, task.wanted, task.details) != (act, wanted, details):
        flash(_("Something else is being done to this report. Press again when it is over."), "wait")
    return redirect(url_for("review_tasks.show", slug=report.meeting.slug, report=report.name), 303)
