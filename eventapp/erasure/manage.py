"""Erasing people: an organizer asks, and another one decides."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.erasure.actions import ask_about, ask_to_erase, confirm_erasure, refuse_erasure
from eventapp.erasure.forms import AskForm, FindForm, looked_for
from eventapp.erasure.looking.people import found_about, found_by
from eventapp.erasure.models import Erasure
from eventapp.erasure.queries import erasure_in_force, erasure_of, erasures_at, numbers_of
from eventapp.erasure.rules import decide_erasure
from eventapp.ground.clock import now
from eventapp.ground.text.i18n import _
from eventapp.ground.web.attempt import attempt, pressed
from eventapp.ground.web.forms import Form
from eventapp.ground.web.paging import page_in_sql
from eventapp.meetings.access import with_meeting, with_row
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import run_meeting
from eventapp.registration.manage import me, of_number

bp = Blueprint("erasure", __name__, url_prefix="/meetings/<slug>/manage")

A_PAGE = 50


@bp.get("/erasures")
@with_meeting(may=run_meeting)
def index(meeting: Meeting) -> ResponseReturnValue:
    """Who is to be erased, why and by whom it was asked, and what was decided."""
    listing = page_in_sql(erasures_at(meeting), request.args.get("page"), most=A_PAGE)
    numbers = numbers_of(list(listing.rows))
    return render_template("erasure/index.html", meeting=meeting, listing=listing, numbers=numbers)


@bp.get("/registrations/<reference>/erasure")
@with_meeting(may=run_meeting)
def new(meeting: Meeting, reference: str) -> ResponseReturnValue:
    """What goes and what stays, and the reason."""
    return page_of(meeting, reference, AskForm(None))


@bp.post("/registrations/<reference>/erasure")
@with_meeting(may=run_meeting)
def create(meeting: Meeting, reference: str) -> ResponseReturnValue:
    registration, form = of_number(meeting, reference), AskForm(request.form)
    if not form.validate():
        return page_of(meeting, reference, form), 422
    attempt(form, lambda: ask_to_erase(registration, form.reason.data or "", by=me(), at=now()))
    if form.refused:
        return page_of(meeting, reference, form), 409
    flash(_("Somebody else has to confirm it."), "ok")
    return redirect(url_for(".index", slug=meeting.slug), 303)


@bp.get("/erasures/new")
@with_meeting(may=run_meeting)
def find(meeting: Meeting) -> ResponseReturnValue:
    """Find somebody who may have no registration by address or name, and see what there is of them."""
    form = looked_for(request.args)
    return found_page(meeting, form, AskForm(None)), 422 if form.faults else 200


@bp.post("/erasures")
@with_meeting(may=run_meeting)
def ask(meeting: Meeting) -> ResponseReturnValue:
    """Ask that whoever was found be erased."""
    form, looked = AskForm(request.form), FindForm(request.form)
    if not all([looked.validate(), form.validate()]):
        return found_page(meeting, looked, form), 422
    reason = form.reason.data or ""
    attempt(form, lambda: ask_about(looked.address, looked.called, reason, meeting=meeting, by=me(), at=now()))
    if form.refused:
        return found_page(meeting, looked, form), 409
    flash(_("Somebody else has to confirm it."), "ok")
    return redirect(url_for(".index", slug=meeting.slug), 303)


@bp.get("/erasures/<int:number>")
@with_row(erasure_of, may=run_meeting)
def show(erasure: Erasure) -> ResponseReturnValue:
    """One of them: what there is of the person at this meeting, and what was decided or is to be."""
    return page_of_one(erasure, Form())


@bp.post("/erasures/<int:number>")
@with_row(erasure_of, may=run_meeting)
def decide(erasure: Erasure) -> ResponseReturnValue:
    """Confirm it, or leave all as it is."""
    act = {"confirm": confirm_erasure, "refuse": refuse_erasure}.get(request.form.get("do", "")) or abort(400)
    there = url_for(".show", slug=(request.view_args or {})["slug"], number=erasure.id)
    return pressed(lambda: act(erasure, by=me(), at=now()), lambda form: page_of_one(erasure, form), there)


def page_of_one(erasure: Erasure, form: Form) -> str:
    is_open = erasure.decided_at is None
    return render_template(
        "erasure/show.html",
        meeting=erasure.meeting,
        one=erasure,
        number=numbers_of([erasure])[erasure.id],
        found=found_about(erasure, erasure.meeting) if is_open else None,
        may=is_open and decide_erasure(me(), erasure),
        reader=me(),
        form=form,
    )


def page_of(meeting: Meeting, reference: str, form: AskForm) -> str:
    registration = of_number(meeting, reference)
    return render_template(
        "erasure/new.html",
        meeting=meeting,
        registration=registration,
        form=form,
        standing=erasure_in_force(registration.person),
    )


def found_page(meeting: Meeting, looked: FindForm, form: AskForm) -> str:
    found = found_by(looked.address, looked.called, meeting) if looked.is_sound else None
    shown = form if form.faults or form.refusal else looked
    return render_template("erasure/find.html", meeting=meeting, find=looked, asking=form, found=found, form=shown)
