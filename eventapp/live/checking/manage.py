"""Organizers look at the letters about live changes before they leave: what waits, whom it concerns, one press."""

from datetime import timedelta

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.agenda.models import Session
from eventapp.agenda.planning.day import in_words
from eventapp.agenda.releases.difference import Change
from eventapp.ground.clock import now
from eventapp.ground.db import db
from eventapp.ground.text.i18n import _, ngettext
from eventapp.ground.text.policy import figure
from eventapp.ground.web.attempt import attempt, refusal_from
from eventapp.ground.web.forms import Form
from eventapp.ground.web.paging import page_in_sql, page_of
from eventapp.live.checking.actions import leave_out, let_wait_again, send_waiting_letters
from eventapp.live.checking.content import checks_letters
from eventapp.live.checking.forms import LeaveOutForm, SendForm
from eventapp.live.checking.queries import (
    change_with_letters,
    count_waiting_letters,
    decided_since,
    how_many_each,
    mark_of_waiting,
    recipients_by_name,
    waiting_changes,
)
from eventapp.live.models import LiveChange
from eventapp.live.telling.preparing import Collected, collected, letters_to
from eventapp.live.telling.queries import how_many
from eventapp.mail.masking import masked
from eventapp.mail.models import Letter
from eventapp.meetings.access import with_meeting, with_row
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import run_meeting
from eventapp.people.current import current_person
from eventapp.people.models import Person

bp = Blueprint("live_letters", __name__, url_prefix="/meetings/<slug>/manage/agenda/day-letters")
bp.add_app_template_global(count_waiting_letters, "waiting_live_letters")

A_PAGE = 30  # changes
PEOPLE = 50  # of a list
SHOWN, SHOWN_FOR = 20, timedelta(hours=24)  # of what was decided


@bp.get("")
@with_meeting(may=run_meeting)
def index(meeting: Meeting) -> ResponseReturnValue:
    """What waits, and what was sent or left out today."""
    return page(meeting, SendForm())


@bp.post("")
@with_meeting(may=run_meeting)
def send(meeting: Meeting) -> ResponseReturnValue:
    """Send all of it."""
    form = SendForm(request.form)
    count = attempt(form, lambda: send_waiting_letters(meeting, form.seen.data or "", by=current_person(), at=now()))
    if form.refused:
        return page(meeting, form), 409
    flash(
        ngettext("The letters of %(num)d change leave now.", "The letters of %(num)d changes leave now.", count)
        if count
        else _("These letters were sent already: nobody gets a second one."),
        "ok",
    )
    return redirect(url_for(".index", slug=meeting.slug), 303)


@bp.get("/people")
@with_meeting(may=run_meeting)
def people(meeting: Meeting) -> ResponseReturnValue:
    """Whom the letters go to, by name; with `?change=` those whom this one concerns."""
    change = change_asked(meeting)
    found = collected(meeting, [change] if change else waiting_changes(meeting), now())
    listed = page_in_sql(recipients_by_name(found.sessions), request.args.get("page"), most=PEOPLE)
    return render_template("live/checking/people.html", meeting=meeting, change=change, listed=listed)


@bp.get("/preview")
@with_meeting(may=run_meeting)
def preview(meeting: Meeting) -> ResponseReturnValue:
    """The letter to one of them, as it would be sent now; without `?to=` to the first by name."""
    found = collected(meeting, waiting_changes(meeting), now())
    letter, person = letter_to(found, figure(request.args.get("to")))
    return render_template(
        "live/checking/preview.html",
        meeting=meeting,
        letter=letter,
        person=person,
        text=masked(letter.text) if letter else "",
        enclosures=[one.name for one in letter.enclosures] if letter else [],
    )


@bp.get("/<int(max=999999999):number>")
@with_row(change_with_letters, may=run_meeting)
def edit(change: LiveChange) -> ResponseReturnValue:
    """One change: whom it concerns, and the form that leaves it out."""
    return change_page(change, LeaveOutForm())


@bp.post("/<int(max=999999999):number>")
@with_row(change_with_letters, may=run_meeting)
def update(change: LiveChange) -> ResponseReturnValue:
    """Leave it out."""
    form = LeaveOutForm(request.form)
    if not form.validate():
        return change_page(change, form), 422
    attempt(form, lambda: leave_out(change, form.reason.data or "", by=current_person(), at=now()))
    return (change_page(change, form), 409) if form.refused else to_list(change.meeting)


@bp.post("/<int(max=999999999):number>/again")
@with_row(change_with_letters, may=run_meeting)
def put_back(change: LiveChange) -> ResponseReturnValue:
    """Let it wait with the others again."""
    if refusal := refusal_from(lambda: let_wait_again(change, by=current_person(), at=now())):
        flash(refusal, "stop")
    return to_list(change.meeting)


def page(meeting: Meeting, form: Form) -> str:
    at, rows = now(), waiting_changes(meeting)
    found = collected(meeting, rows, at)
    shown = page_of(rows, request.args.get("page"), most=A_PAGE)
    return render_template(
        "live/checking/index.html",
        meeting=meeting,
        form=form,
        mark=mark_of_waiting(rows),
        listed=shown,
        lines=[(one, in_words(meeting, [change])) for one, change in together(found)],
        people=how_many(found.sessions) if found.sessions else 0,
        each=how_many_each(meeting, shown.rows, at),
        decided=decided_since(meeting, at - SHOWN_FOR, most=SHOWN),
        is_checked=checks_letters(meeting),
    )


def change_page(change: LiveChange, form: Form) -> str:
    meeting, at = change.meeting, now()
    found = collected(meeting, [change], at)
    return render_template(
        "live/checking/change.html",
        meeting=meeting,
        change=change,
        form=form,
        lines=[(one, in_words(meeting, [each])) for one, each in together(found)],
        people=how_many_each(meeting, [change], at).get(change.id, 0),
    )


def together(found: Collected) -> list[tuple[Session, Change]]:
    """The sessions by time, each with what became of it."""
    return [(one, found.changes[one.code]) for one in found.sessions]


def letter_to(found: Collected, number: int) -> tuple[Letter | None, Person | None]:
    """The letter to the person with this number, else to the first by name; none where the address fails."""
    query = recipients_by_name(found.sessions)
    chosen = db.session.scalar(query.where(Person.id == number)) if found.sessions else None
    person = chosen or (db.session.scalar(query.limit(1)) if found.sessions else None)
    letters = letters_to(found, [person]) if person else []
    return (letters[0] if letters else None), person


def change_asked(meeting: Meeting) -> LiveChange | None:
    """The change that the address names, None where it names none; 404 where there is no such one."""
    number = request.args.get("change")
    return change_with_letters(meeting, figure(number)) or abort(404) if number else None


def to_list(meeting: Meeting) -> ResponseReturnValue:
    return redirect(url_for(".index", slug=meeting.slug), 303)
