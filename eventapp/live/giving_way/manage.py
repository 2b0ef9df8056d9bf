"""The page that says, for each session of a day, whether it moves and how short it may become."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from eventapp.agenda.models import Session
from eventapp.agenda.planning.grid import days_of
from eventapp.agenda.queries import times_of_sessions
from eventapp.ground.clock import now
from eventapp.ground.db import db
from eventapp.ground.text.i18n import _, _l
from eventapp.ground.text.policy import figure
from eventapp.ground.web.attempt import attempt
from eventapp.ground.web.forms import Form
from eventapp.live.giving_way.actions import set_rules
from eventapp.live.late.queries import rules_of
from eventapp.live.late.rule import END, FIXED, FREE
from eventapp.live.late.usual import usual_hold, usual_least
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import run_meeting
from eventapp.people.current import current_person

bp = Blueprint("delay_rules", __name__, url_prefix="/meetings/<slug>/manage/delays")

WORDS = ((FREE, _l("Moves and shrinks")), (END, _l("Ends as planned at the latest")), (FIXED, _l("Fixed")))
LONGEST = 1440  # minutes


@dataclass
class Row:
    """One session with what is set or typed for it, and what is wrong with that."""

    session: Session
    hold: str
    least: str
    fault: str = ""


@bp.get("")
@with_meeting(may=run_meeting)
def index(meeting: Meeting) -> ResponseReturnValue:
    """The sessions of a day with their rules."""
    day, days = day_asked(meeting)
    return page(meeting, day, days, rows_of(sessions_on(meeting, day)), Form())


@bp.post("")
@with_meeting(may=run_meeting)
def update(meeting: Meeting) -> ResponseReturnValue:
    day, days = day_asked(meeting)
    rows = [typed(one) for one in rows_of(sessions_on(meeting, day))]
    form = Form()
    if any(one.fault for one in rows):
        return page(meeting, day, days, rows, form), 422
    rules = {one.session.code: (one.hold, figure(one.least)) for one in rows}
    attempt(form, lambda: set_rules(meeting, sessions_on(meeting, day), rules, by=current_person(), at=now()))
    if form.refused:
        return page(meeting, day, days, rows, form), 409
    return redirect(url_for(".index", slug=meeting.slug, day=day.isoformat()), 303)


def typed(row: Row) -> Row:
    """The row with what was typed in its place; a row that was not sent stays."""
    code = row.session.code
    hold, least = (request.form.get(f"{name}-{code}") for name in ("hold", "least"))
    row.hold = hold if hold in dict(WORDS) else row.hold
    row.least = row.least if least is None else least.strip()[:10]
    minutes = int((row.session.ends_at - row.session.starts_at).total_seconds() // 60)
    if not 1 <= figure(row.least) <= min(minutes, LONGEST):
        row.fault = _("Write from 1 to %(most)s minutes.", most=min(minutes, LONGEST))
    return row


def rows_of(sessions: list[Session]) -> list[Row]:
    rules = rules_of(sessions)
    return [
        Row(one, rules[one.id].hold, str(rules[one.id].least))
        if one.id in rules
        else Row(one, usual_hold(one), str(usual_least(one)))
        for one in sessions
    ]


def sessions_on(meeting: Meeting, day: date) -> list[Session]:
    """The sessions that begin on this day where the meeting is, by time."""
    first = datetime.combine(day, time(), meeting.tz)
    query = (
        select(Session)
        .where(
            Session.meeting_id == meeting.id,
            Session.cancelled_at.is_(None),
            Session.starts_at >= first,
            Session.starts_at < datetime.combine(day + timedelta(days=1), time(), meeting.tz),
        )
        .order_by(Session.starts_at, Session.code)
    )
    return list(db.session.scalars(query.options(joinedload(Session.room))))


def day_asked(meeting: Meeting) -> tuple[date, list[date]]:
    """The day that the address asks for, else the first; and all of them."""
    days = days_of(meeting, times_of_sessions(meeting))
    return next((one for one in days if one.isoformat() == request.values.get("day", "")), days[0]), days


def page(meeting: Meeting, day: date, days: list[date], rows: list[Row], form: Form) -> str:
    return render_template(
        "live/rules.html", meeting=meeting, day_shown=day, all_days=days, rows=rows, form=form, holds=WORDS
    )
