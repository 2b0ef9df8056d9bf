"""What needs attention today, and the emails of a meeting."""

from collections.abc import Callable

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.balance.charts import women
from eventapp.balance.counting.breakdowns import BREAKDOWNS
from eventapp.balance.counting.stages import HEARD, STAGES, everybody
from eventapp.desk.opening import steps_to
from eventapp.desk.queries import unreached
from eventapp.desk.today import today_at
from eventapp.ground.clock import now
from eventapp.ground.db import transaction
from eventapp.ground.text.i18n import _
from eventapp.ground.web.attempt import attempt
from eventapp.ground.web.forms import Form
from eventapp.ground.web.paging import page_in_sql
from eventapp.history.actions import record
from eventapp.mail.actions import give_up, retry
from eventapp.mail.failing.actions import trust_again
from eventapp.mail.failing.queries import failing_among
from eventapp.mail.masking import masked
from eventapp.mail.models import FAILED, SENT, WAITING, Letter
from eventapp.mail.queries import letter_at, letter_counts, letters_at
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import run_meeting
from eventapp.people.current import current_person
from eventapp.push.queries import refusals_at
from eventapp.registration.queries import registration_by_number

bp = Blueprint("desk", __name__, url_prefix="/meetings/<slug>/manage")

A_PAGE = 50
STATES = (FAILED, WAITING, SENT)


@bp.get("/")
@with_meeting(may=run_meeting)
def show(meeting: Meeting) -> ResponseReturnValue:
    """Today: what needs attention, from nominated to cited, and whether every session is being written down."""
    by = request.args.get("by", "")
    by = by if by in BREAKDOWNS else "stakeholder"
    at = now()
    today, found = today_at(meeting, at), everybody(meeting, at=at)
    return render_template(
        "desk/show.html",
        meeting=meeting,
        at=at,
        by=by,
        today=today,
        steps=() if meeting.is_published else steps_to(meeting, at),
        stages=STAGES,
        heard=HEARD,
        breakdowns=BREAKDOWNS,
        balance=found.by(by),
        women=women(found.by("gender")),
    )


@bp.get("/letters")
@with_meeting(may=run_meeting)
def letters(meeting: Meeting) -> ResponseReturnValue:
    """Every email of this meeting, the newest first."""
    return letters_page(meeting)


@bp.get("/letters/<int:number>")
@with_meeting(may=run_meeting)
def letter(meeting: Meeting, number: int) -> ResponseReturnValue:
    """One email as text."""
    row = letter_with(meeting, number)
    return render_template("desk/letter.html", meeting=meeting, letter=row, text=masked(row.text))


@bp.post("/letters/<int:number>/sending")
@with_meeting(may=run_meeting, even_closed=True)
def send_again(meeting: Meeting, number: int) -> ResponseReturnValue:
    """Try a failed email again."""
    row = letter_with(meeting, number)
    return done(meeting, lambda: retry(row, by=current_person(), at=now()))


@bp.post("/letters/<int:number>/stop")
@with_meeting(may=run_meeting, even_closed=True)
def stop(meeting: Meeting, number: int) -> ResponseReturnValue:
    """Stop trying to send an email."""
    row = letter_with(meeting, number)
    return done(meeting, lambda: give_up(row, _("An organizer stopped it."), by=current_person(), at=now()))


@bp.get("/letters/addresses")
@with_meeting(may=run_meeting)
def failing(meeting: Meeting) -> ResponseReturnValue:
    """The people of this meeting whom letters do not reach, and why."""
    listed = page_in_sql(unreached(meeting), request.args.get("page"), most=A_PAGE)
    known = failing_among(one.person.email for one in listed.rows)
    return render_template("desk/failing.html", meeting=meeting, listed=listed, known=known)


@bp.post("/letters/addresses/<reference>")
@with_meeting(may=run_meeting, even_closed=True)
def trust(meeting: Meeting, reference: str) -> ResponseReturnValue:
    """Write to this registration's address again: who asked says that it works."""
    registration = registration_by_number(meeting, reference) or abort(404)
    with transaction():
        if trust_again(registration.person.email):
            record("trusted an address again", registration, by=current_person(), at=now())
    flash(_("Letters go to %(name)s again.", name=registration.record_name), "ok")
    return redirect(url_for(".failing", slug=meeting.slug), 303)


def letters_page(meeting: Meeting, form: Form | None = None) -> str:
    state = request.args.get("state", "")
    state = state if state in STATES else ""
    counts = letter_counts(meeting.id)
    total = counts.get(state, 0) if state else sum(counts.values())
    pages = max(1, -(-total // A_PAGE))
    page = min(max(request.args.get("page", 1, type=int), 1), pages)
    return render_template(
        "desk/letters.html",
        meeting=meeting,
        form=form,
        state=state,
        counts=counts,
        refusals=refusals_at(meeting),
        number=page,
        pages=pages,
        letters=letters_at(meeting.id, state=state, page=page, most=A_PAGE),
    )


def done(meeting: Meeting, act: Callable[[], object]) -> ResponseReturnValue:
    form = Form()
    attempt(form, act)
    if form.refused:
        return letters_page(meeting, form), 409
    return redirect(url_for(".letters", slug=meeting.slug), 303)


def letter_with(meeting: Meeting, number: int) -> Letter:
    return letter_at(meeting.id, number) or abort(404)
