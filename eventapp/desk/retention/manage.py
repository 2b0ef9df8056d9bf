"""How long each sort of personal data of a meeting is kept: shown with what goes when, and changed."""

from datetime import date, timedelta

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.desk.manage import me
from eventapp.desk.retention.forms import RetentionForm, form_for
from eventapp.desk.retention.labels import in_words
from eventapp.desk.retention.queries import count_of_each, questions_with_days
from eventapp.ground.clock import now
from eventapp.ground.web.attempt import attempt
from eventapp.ground.web.editing.both_versions import mark_of, refuse_older, show_both
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.retention.actions import change_retention
from eventapp.meetings.retention.queries import goes_on
from eventapp.meetings.retention.sorts import SORTS
from eventapp.meetings.rules import run_meeting

bp = Blueprint("retention", __name__, url_prefix="/meetings/<slug>/manage/settings/retention")


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
    if not form.validate() or form.ask_again(gone_today(meeting, form.days())):
        return page(meeting, form), 422

    def save() -> None:
        refuse_older(form, form_for(meeting))
        change_retention(meeting, form.days(), by=me(), at=now())

    attempt(form, save)
    if form.refused:
        show_both(form, form_for(meeting))
        return page(meeting, form), 409
    return redirect(url_for(".index", slug=meeting.slug), 303)


def gone_today(meeting: Meeting, days: dict[str, int]) -> list[str]:
    """What there is of the sorts whose days would be over by now, and are not as they stand."""
    today, numbers = now().astimezone(meeting.tz).date(), count_of_each(meeting)
    return [
        in_words(sort, numbers[sort])
        for sort, number in days.items()
        if numbers[sort] and meeting.ends_on + timedelta(days=number + 1) <= today < goes_on(meeting, sort)
    ]


def page(meeting: Meeting, form: RetentionForm) -> str:
    numbers = count_of_each(meeting)
    days: dict[date, list[str]] = {}
    for sort in SORTS:
        if numbers[sort]:
            days.setdefault(goes_on(meeting, sort), []).append(in_words(sort, numbers[sort]))
    return render_template(
        "desk/retention/index.html",
        meeting=meeting,
        form=form,
        sorts=SORTS,
        going=sorted(days.items()),
        today=now().astimezone(meeting.tz).date(),
        questions=questions_with_days(meeting),
    )
