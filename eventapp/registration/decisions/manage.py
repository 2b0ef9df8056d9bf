"""Decisions of organizers: about one person, about everybody ticked, and a letter to one person."""

from collections.abc import Mapping, Sequence

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.ground.clock import now
from eventapp.ground.db import transaction
from eventapp.ground.refusal import Refused
from eventapp.ground.security.tokens import secret
from eventapp.ground.text.i18n import _
from eventapp.ground.text.policy import figure
from eventapp.ground.web.attempt import attempt
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import run_meeting
from eventapp.registration.changes.actions import accept_change, refuse_change
from eventapp.registration.decisions.actions import write_to
from eventapp.registration.decisions.acts import ACTS as ACTS_FOR_MANY
from eventapp.registration.decisions.acts import Act
from eventapp.registration.decisions.forms import ReasonForm, RefusalForm, WritingForm
from eventapp.registration.decisions.many import Outcome, act_on_some, in_spans, picked, to_check
from eventapp.registration.decisions.tasks.actions import ask
from eventapp.registration.decisions.tasks.progress import done_for
from eventapp.registration.lists.listing import Look, read_look
from eventapp.registration.manage import MOST_AT_ONCE, bp, me, of_number, page_of
from eventapp.registration.models import APPROVED, Amendment, Registration
from eventapp.registration.queries import open_amendment, places_left, registrations
from eventapp.registration.uploads.retention import forget

ACTS: Mapping[str, Act] = {
    **ACTS_FOR_MANY,
    "accept-change": lambda one, terms, by, at: accept_change(change_of(one), by=by, at=at, despite=terms.despite),
    "forget": lambda one, _terms, by, at: forget(one, by=by, at=at),
    "refuse-change": lambda one, terms, by, at: refuse_change(change_of(one), terms.reason, by=by, at=at),
}
# About more the worker decides: to approve 25 of 20,000 takes a third of a second where both cores are busy, 50 two.
FEW = 25


@bp.post("")
@with_meeting(may=run_meeting)
def decide_many(meeting: Meeting) -> ResponseReturnValue:
    """One decision about everybody ticked, a refusal first asks for the reason; or approval of all on the list."""
    act, look = request.form.get("do", ""), read_look(request.form)
    if request.form.get("all"):
        return approve_all(meeting, look, sure=act == "approve")
    form = (RefusalForm if act == "refuse" else ReasonForm)(request.form)
    if act not in ACTS_FOR_MANY:
        abort(400)
    ids = picked(meeting, request.form.getlist("pick")[:MOST_AT_ONCE])
    if not ids:
        flash(_("Nobody was ticked. Tick the people first."), "wait")
        return redirect(url_for(".index", slug=meeting.slug, **look.address()), 303)
    if not form.validate():
        asked = "reason" in request.form
        if not asked:
            form.forgive()
        people = registrations(ids)
        page = render_template("registration/refuse.html", meeting=meeting, form=form, picked=people, look=look)
        return page, 422 if asked else 200
    return decided(meeting, look, act, ids, form)


def approve_all(meeting: Meeting, look: Look, *, sure: bool) -> ResponseReturnValue:
    """Approve whoever waits for a decision on any page of the list; first it asks.

    Who came after the question was drawn is not meant.
    """
    form = ReasonForm(request.form)
    ids = to_check(meeting, look, figure(request.form.get("newest")) if sure else None)
    if not ids:
        flash(_("Nobody in this list waits for a decision."), "wait")
        return redirect(url_for(".index", slug=meeting.slug, **look.address()), 303)
    if sure:
        return decided(meeting, look, "approve", ids, form)
    asked = {"count": len(ids), "newest": ids[-1], "left": places_left(meeting)}
    return render_template("registration/approve.html", meeting=meeting, form=form, look=look, **asked)


def decided(meeting: Meeting, look: Look, act: str, ids: Sequence[int], form: ReasonForm) -> ResponseReturnValue:
    """Do this about each, and go back to the list, which says what became of it; about many the worker does it.

    In short transactions, so that nobody waits long for the meeting: what was done stays done where a later one fails.
    """
    address = look.address()
    if len(ids) > FEW:
        hand_over(meeting, act, ids, form)
        return redirect(url_for(".index", slug=meeting.slug, **address), 303)
    outcome, done = Outcome(), 0
    while done < len(ids):
        with transaction():
            done += act_on_some(ids[done:], lambda one: ACTS[act](one, form.terms, me(), now()), outcome)
    say(act, outcome, len(ids))
    if act in ("approve", "refuse", "wait"):
        address["done"] = in_spans(outcome.done)
    return redirect(url_for(".index", slug=meeting.slug, **address), 303)


def hand_over(meeting: Meeting, act: str, ids: Sequence[int], form: ReasonForm) -> None:
    """Ask the worker for it: the list says how far it is."""
    with transaction():
        ask(meeting, act, ids, by=me(), at=now(), terms=form.terms)


@bp.post("/<reference>")
@with_meeting(may=run_meeting)
def decide(meeting: Meeting, reference: str) -> ResponseReturnValue:
    """One decision about one person, from the panel."""
    registration, form, look = of_number(meeting, reference), ReasonForm(request.form), read_look(request.form)
    act = request.form.get("do", "")
    if act not in ACTS:
        abort(400)
    if not form.validate():
        return page_of(meeting, look, reference, form), 422

    def act_on_it() -> str:
        ACTS[act](registration, form.terms, me(), now())
        return said(act, registration)

    sentence = attempt(form, act_on_it)
    if sentence is None:
        return page_of(meeting, look, reference, form), 409
    flash(sentence, "ok")
    address = url_for(".index", slug=meeting.slug, **look.address(), open=reference)
    return redirect(f"{address}#panel", 303)


@bp.get("/<reference>/message")
@with_meeting(may=run_meeting)
def message(meeting: Meeting, reference: str) -> ResponseReturnValue:
    form = WritingForm(None, key=secret())
    return render_template(
        "registration/message.html", meeting=meeting, registration=of_number(meeting, reference), form=form
    )


@bp.post("/<reference>/message")
@with_meeting(may=run_meeting)
def send_message(meeting: Meeting, reference: str) -> ResponseReturnValue:
    registration, form = of_number(meeting, reference), WritingForm(request.form)
    if not form.validate():
        page = render_template("registration/message.html", meeting=meeting, registration=registration, form=form)
        return page, 422
    with transaction():
        write_to(registration, form.subject.data, form.words.data, by=me(), at=now(), key=form.key.data or "")
    flash(_("The email to %(name)s is on its way.", name=registration.record_name), "ok")
    return redirect(url_for(".index", slug=meeting.slug, state="everyone", open=reference), 303)


def said(act: str, registration: Registration) -> str:
    """What was done for one person, and what they are told."""
    name = registration.record_name
    if act == "wait" and registration.state == APPROVED:  # a place was free
        act = "approve"
    return {
        "approve": _("%(name)s has a place and gets an email.", name=name),
        "refuse": _("%(name)s is refused and gets an email with the reason.", name=name),
        "wait": _("%(name)s is on the waiting list and gets an email.", name=name),
        "ask": _("%(name)s gets an email that asks for the letter.", name=name),
        "undo": _("The decision is undone. %(name)s gets an email.", name=name),
        "accept-change": _("The change is made. %(name)s gets an email.", name=name),
        "refuse-change": _("The change is refused. %(name)s gets an email with the reason.", name=name),
        "forget": _("What was private about %(name)s is deleted.", name=name),
    }[act]


def say(act: str, outcome: Outcome, count: int) -> None:
    """Tell how many it was done for, and why not for the others."""
    flash(done_for(act, len(outcome.done), count), "ok" if outcome.done else "wait")
    for reference, sentence in outcome.refused[:5]:
        flash(f"{reference}: {sentence}", "wait")
    if len(outcome.refused) > 5:  # noqa: PLR2004 -- a reader takes in five
        flash(_("And %(count)s more.", count=len(outcome.refused) - 5), "wait")


def change_of(registration: Registration) -> Amendment:
    """The change that waits. Refused when somebody decided it meanwhile."""
    amendment = open_amendment(registration)
    if amendment is None:
        raise Refused(_("This change is decided already."))
    return amendment
