"""The page of what the worker does to a report: how far it is, and where it leads when it is done."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from eventapp.ground.clock import now
from eventapp.ground.web.attempt import attempt
from eventapp.ground.web.forms import Form
from eventapp.people.current import current_person
from eventapp.review.reports.access import with_report
from eventapp.review.reports.models import Report
from eventapp.review.reports.rules import edit_review
from eventapp.review.tasks.actions import ask
from eventapp.review.tasks.models import DONE
from eventapp.review.tasks.queries import task_of

bp = Blueprint("review_tasks", __name__, url_prefix="/meetings/<slug>/review/reports/<report>")


@bp.get("/task")
@with_report(may=edit_review)
def show(report: Report) -> ResponseReturnValue:
    """How far the worker is; once it is done, the editor with what came of it."""
    task = task_of(report)
    if task is None or task.state == DONE:
        for words, tone in task.outcome if task else ():
            flash(words, tone)
        return redirect(url_for("review_editor.show", slug=report.meeting.slug, report=report.name), 303)
    return render_template("review/task.html", meeting=report.meeting, report=report, task=task)


def handed_over(report: Report, act: str, *, wanted: str = "") -> ResponseReturnValue:
    """Ask the worker for it, and go to the page that shows how far it is."""
    attempt(Form(), lambda: ask(report, act, by=current_person(), at=now(), wanted=wanted))
    return redirect(url_for("review_tasks.show", slug=report.meeting.slug, report=report.name), 303)
