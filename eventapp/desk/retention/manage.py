"""How long each sort of personal data of a meeting is kept: shown with what goes when, and changed."""

from collections.abc import Mapping

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.desk.manage import me
from eventapp.desk.retention.forms import RetentionForm, form_for
from eventapp.desk.retention.labels import in_words
from eventapp.desk.retention.plan import gone_in_words, plan_of
from eventapp.desk.retention.queries import count_of_each, days_with_deletions, deleted_on, questions_with_days
from eventapp.ground.clock import now
from eventapp.ground.db import transaction
from eventapp.ground.web.editing.both_versions import mark_of
from eventapp.ground.web.editing.edited import edited
from eventapp.ground.web.paging import page_in_sql
from eventapp.meetings.access import with_meeting
from eventapp.meetings.meeting_kinds.queries import kind_of_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.retention.actions import change_retention
from eventapp.meetings.retention.queries import days_said, goes_on, would_go_on
from eventapp.meetings.retention.sorts import COUNTED, SORTS
from eventapp.meetings.rules import run_meeting

bp = Blueprint("retention", __name__, url_prefix="/meetings/<slug>/manage/settings/retention")

A_PAGE = 50  # days


@bp.get("")
@with_meeting(may=run_meeting)
def index(meeting: Meeting) -> ResponseReturnValue:
    """Every sort with its days, how many there are, and when they go."""
    form = form_for(meeting)
    form.seen.data = mark_of(form)
    return page(meeting, form)


@bp.post("")
@with_meeting(may=run_meeting)
def update(meeting: Meeting) -> ResponseReturnValue:
    """Keep the days that were typed. What would be deleted today by them is asked about first."""
    form = form_for(meeting, request.form)
    if form.validate() and form.ask_again(gone_today(meeting, form.days())):
        return page(meeting, form), 422

    def save() -> None:
        change_retention(meeting, form.days(), by=me(), at=now())

    there = url_for(".index", slug=meeting.slug)
    return edited(form, lambda: form_for(meeting), save, lambda: page(meeting, form), there, held=meeting)


@bp.post("/<sort>/back")
@with_meeting(may=run_meeting)
def back(meeting: Meeting, sort: str) -> ResponseReturnValue:
    """Keep this sort as the kind of meeting says again. What would be deleted today by it is asked about first."""
    if sort not in SORTS:
        abort(404)
    form, days = form_for(meeting), {**meeting.retention, sort: None}
    if kind_of_meeting(meeting) and form.ask_again(gone_today(meeting, days)):
        form[sort].data, form.seen.data = None, mark_of(form_for(meeting))
        return page(meeting, form), 422
    with transaction():
        change_retention(meeting, {**meeting.retention, sort: None}, by=me(), at=now())
    return redirect(url_for(".index", slug=meeting.slug), 303)


def gone_today(meeting: Meeting, days: Mapping[str, int | None]) -> list[str]:
    """What there is of the sorts whose days would be over by now, and are not as they stand."""
    today, numbers, kind = now().astimezone(meeting.tz).date(), count_of_each(meeting), kind_of_meeting(meeting)
    own = {sort: number for sort, number in days.items() if number is not None}
    return [
        in_words(one, numbers[one])
        for one, sort in COUNTED.items()
        if numbers[one] and would_go_on(meeting, sort, days_said(own, kind, sort)) <= today < goes_on(meeting, sort)
    ]


def page(meeting: Meeting, form: RetentionForm) -> str:
    questions, kind = questions_with_days(meeting), kind_of_meeting(meeting)
    return render_template(
        "desk/retention/index.html",
        meeting=meeting,
        kind=kind,
        form=form,
        sorts=SORTS,
        of_kind={sort: days_said({}, kind, sort) for sort in SORTS},
        going=plan_of(meeting, count_of_each(meeting), questions),
        today=now().astimezone(meeting.tz).date(),
        questions=[question for question, _number in questions],
    )


@bp.get("/deleted")
@with_meeting(may=run_meeting)
def deleted(meeting: Meeting) -> ResponseReturnValue:
    """What was deleted on which day, and for whose days: numbers of each sort, never of whom."""
    days = page_in_sql(days_with_deletions(meeting), request.args.get("page"), most=A_PAGE)
    lines = gone_in_words(days.rows, deleted_on(meeting, days.rows))
    return render_template("desk/retention/deleted.html", meeting=meeting, listing=days, lines=lines)
