"""The waiting list as organizers have it: who is next, to whom a place is offered until when, and what became of it."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.ground.clock import now
from eventapp.ground.db import lock
from eventapp.ground.text.i18n import _
from eventapp.ground.text.policy import figure
from eventapp.ground.web.attempt import attempt, refusal_from
from eventapp.ground.web.editing.both_versions import refuse_older, show_both
from eventapp.meetings.access import with_meeting, with_row
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import run_meeting
from eventapp.registration.manage import me, of_number
from eventapp.registration.models import WITHDRAWN
from eventapp.registration.offers import actions
from eventapp.registration.offers.actions import move, put_back, set_waiting_rules
from eventapp.registration.offers.forms import DeadlineForm, MoveForm, WaitingForm, instant, rules_form
from eventapp.registration.offers.models import EXPIRED, MOST_HOURS, Offer
from eventapp.registration.offers.queries import (
    counts,
    ended_offers,
    goes_by_protocol,
    hours_to_answer,
    in_line,
    offer_of,
    open_offers,
)
from eventapp.registration.queries import places_left, waiting_position

bp = Blueprint("waiting_list", __name__, url_prefix="/meetings/<slug>/manage/waiting-list")

LINE, OVER = "line", "ended"


@bp.get("")
@with_meeting(may=run_meeting)
def index(meeting: Meeting) -> ResponseReturnValue:
    """Who waits, in order, with the offers; or the offers that have ended."""
    return page_of(meeting, rules_form(meeting))


@bp.post("")
@with_meeting(may=run_meeting)
def set_rules(meeting: Meeting) -> ResponseReturnValue:
    """How a place that comes free is given."""
    form = WaitingForm(request.form)
    if not form.validate():
        return page_of(meeting, form), 422

    def save() -> None:
        lock(meeting)
        refuse_older(form, rules_form(meeting))
        by_protocol = bool(form.by_protocol.data)
        set_waiting_rules(meeting, form.offer_hours, by_protocol=by_protocol, by=me(), at=now())

    attempt(form, save)
    if form.refused:
        show_both(form, rules_form(meeting))
        return page_of(meeting, form), 409
    flash(_("Saved."), "ok")
    return to(meeting)


@bp.get("/<reference>")
@with_meeting(may=run_meeting)
def edit(meeting: Meeting, reference: str) -> ResponseReturnValue:
    """Where somebody is to stand."""
    return moving_page(meeting, reference, MoveForm(None, counts(meeting)[0]))


@bp.post("/<reference>")
@with_meeting(may=run_meeting)
def update(meeting: Meeting, reference: str) -> ResponseReturnValue:
    registration, form = of_number(meeting, reference), MoveForm(request.form, counts(meeting)[0])
    if not form.validate():
        return moving_page(meeting, reference, form), 422
    position, reason = int(form.position.data or 1), form.reason.data
    before = attempt(form, lambda: move(registration, position, reason, by=me(), at=now()))
    if before is None:
        return moving_page(meeting, reference, form), 409
    place = waiting_position(registration)
    flash(_("%(name)s is number %(position)s in line.", name=registration.record_name, position=place), "ok")
    return to(meeting, reference, before) if place != before else to(meeting)


@bp.post("/<reference>/undo")
@with_meeting(may=run_meeting)
def undo(meeting: Meeting, reference: str) -> ResponseReturnValue:
    """Back to where they were before the move."""
    registration, was = of_number(meeting, reference), figure(request.form.get("was"))
    if not was:
        abort(400)
    refusal = refusal_from(lambda: move(registration, was, "", by=me(), at=now()))
    say(refusal, _("%(name)s is back at number %(position)s.", name=registration.record_name, position=was))
    return to(meeting)


@bp.post("/offers/<int:number>/undo")
@with_row(offer_of, may=run_meeting)
def restore(offer: Offer) -> ResponseReturnValue:
    """Back in line, at the old position."""
    registration = offer.registration
    refusal = refusal_from(lambda: put_back(offer, by=me(), at=now()))
    say(refusal, _("%(name)s is back in line.", name=registration.record_name))
    return to(registration.meeting)


@bp.get("/offers/<int:number>/deadline")
@with_row(offer_of, may=run_meeting)
def deadline(offer: Offer) -> ResponseReturnValue:
    """Until when somebody can answer, to extend it."""
    if offer.ended_at is not None:
        return to(offer.registration.meeting)
    return deadline_page(offer, DeadlineForm(None, offer))


@bp.post("/offers/<int:number>/deadline")
@with_row(offer_of, may=run_meeting)
def set_deadline(offer: Offer) -> ResponseReturnValue:
    form, meeting = DeadlineForm(request.form, offer), offer.registration.meeting
    if not form.validate():
        return deadline_page(offer, form), 422
    before = form.before or abort(400)
    attempt(form, lambda: actions.set_deadline(offer, form.moment, seen=before, by=me(), at=now()))
    if form.refused:
        return deadline_page(offer, form), 409
    flash(_("%(name)s gets a letter with the new deadline.", name=offer.registration.record_name), "ok")
    return redirect(url_for(".index", slug=meeting.slug, extended=offer.id, before=before.isoformat()), 303)


@bp.post("/offers/<int:number>/deadline/undo")
@with_row(offer_of, may=run_meeting)
def shorten(offer: Offer) -> ResponseReturnValue:
    """Back to the deadline that stood before, with another letter."""
    until, seen = instant(request.form.get("was")) or abort(400), instant(request.form.get("seen")) or abort(400)
    refusal = refusal_from(lambda: actions.set_deadline(offer, until, seen=seen, by=me(), at=now()))
    say(refusal, _("The deadline is as it was. %(name)s gets a letter.", name=offer.registration.record_name))
    return to(offer.registration.meeting)


def deadline_page(offer: Offer, form: DeadlineForm) -> str:
    registration = offer.registration
    return render_template(
        "registration/offers/deadline.html",
        meeting=registration.meeting,
        registration=registration,
        offer=offer,
        form=form,
    )


def page_of(meeting: Meeting, form: WaitingForm) -> str:
    tab = OVER if request.args.get("tab") == OVER else LINE
    waits, offered, over = counts(meeting)
    page = request.args.get("page")
    ended = ended_offers(meeting, page) if tab == OVER else None
    before = request.args.get("before", "")
    return render_template(
        "registration/offers/index.html",
        meeting=meeting,
        form=form,
        sent=form.faults or form.refusal,
        hours=hours_to_answer(meeting),
        by_protocol=goes_by_protocol(meeting),
        most_hours=MOST_HOURS,
        tab_now=tab,
        waits=waits,
        offered=offered,
        over=over,
        left=places_left(meeting),
        listing=ended or in_line(meeting, page),
        offers=open_offers(meeting),
        may_come_back=[one.id for one in ended.rows if is_out(one)] if ended else [],
        extended=offer_of(meeting, figure(request.args.get("extended"))) if instant(before) else None,
        before=before,
        moved=request.args.get("moved", ""),
        was=figure(request.args.get("was")),
    )


def is_out(offer: Offer) -> bool:
    """Whether this offer is why the person is out of the line."""
    one = offer.registration
    return offer.outcome == EXPIRED and one.state == WITHDRAWN and one.state_at == offer.ended_at


def moving_page(meeting: Meeting, reference: str, form: MoveForm) -> str:
    registration = of_number(meeting, reference)
    position = waiting_position(registration) or abort(404)
    return render_template(
        "registration/offers/move.html",
        meeting=meeting,
        registration=registration,
        position=position,
        waits=form.waits,
        form=form,
    )


def say(refusal: str, done: str) -> None:
    flash(refusal or done, "wait" if refusal else "ok")


def to(meeting: Meeting, moved: str = "", was: int = 0) -> ResponseReturnValue:
    return redirect(url_for(".index", slug=meeting.slug, moved=moved or None, was=was or None), 303)
