"""Who with a part said when they can take part: asked, reminded and read by organizers."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.agenda.availability.actions import ask_when
from eventapp.agenda.availability.content import from_rows
from eventapp.agenda.availability.queries import (
    ALL,
    ANSWERED,
    SILENT,
    UNASKED,
    availabilities,
    how_many,
    people_with_parts,
)
from eventapp.ground.clock import now
from eventapp.ground.web.paging import page_in_sql
from eventapp.mail.asking import ONE_PRESS, ask_many
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import run_meeting
from eventapp.people.current import current_person

bp = Blueprint("availability_manage", __name__, url_prefix="/meetings/<slug>/manage/agenda/availability")

A_PAGE = 50


@bp.get("")
@with_meeting(may=run_meeting)
def index(meeting: Meeting) -> ResponseReturnValue:
    """Everybody with a part and an address, by name; with `?which=` who answered, is silent or was never asked."""
    which = request.args.get("which", ALL)
    which = which if which in (ANSWERED, SILENT, UNASKED) else ALL
    people = page_in_sql(people_with_parts(meeting, which), request.args.get("page"), most=A_PAGE)
    return render_template(
        "agenda/availability/manage.html",
        meeting=meeting,
        people=people,
        which=which,
        counts={one: how_many(meeting, one) for one in (ALL, ANSWERED, SILENT, UNASKED)},
        said=availabilities(meeting, [one.person_id for one in people.rows if one.person_id is not None]),
        in_words=lambda rows: [one.words for one in from_rows(rows)],
        at_once=ONE_PRESS,
    )


@bp.post("/letters")
@with_meeting(may=run_meeting)
def ask(meeting: Meeting) -> ResponseReturnValue:
    """Write to who said nothing: those never asked, or those asked before."""
    again = request.form.get("again") == "1"
    by, at = current_person(), now()
    ask_many(lambda most: ask_when(meeting, again=again, most=most, by=by, at=at))
    return redirect(url_for(".index", slug=meeting.slug), 303)
