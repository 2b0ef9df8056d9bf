"""Decisions of organizers: about one person, about everybody ticked, and a letter to one person."""

from collections.abc import Callable
from datetime import datetime

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.ground.clock import now
from eventapp.ground.db import transaction
from eventapp.ground.refusal import Refused
from eventapp.ground.security.tokens import secret
from eventapp.ground.text.i18n import _, ngettext
from eventapp.ground.web.attempt import attempt
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import run_meeting
from eventapp.people.models import Person
from eventapp.registration.changes.actions import accept_change, refuse_change
from eventapp.registration.decisions.actions import (
    Tally,
    approve,
    ask_for_letter,
    decline,
    for_each,
    put_on_waiting_list,
    undo,
    write_to,
)
from eventapp.registration.decisions.forms import ReasonForm, RefusalForm, WritingForm
from eventapp.registration.lists.listing import read_look
from eventapp.registration.manage import MOST_AT_ONCE, bp, me, of_number, page_of
from eventapp.registration.models import APPROVED, Amendment, Registration
from eventapp.registration.queries import open_amendment, registration_by_number
from eventapp.registration.uploads.retention import forget

Act = Callable[[Registration, ReasonForm, Person, datetime], None]
ACTS: dict[str, Act] = {
    "approve": lambda one, form, by, at: approve(one, by=by, at=at, despite=form.despite.data or ""),
    "wait": lambda one, form, by, at: put_on_waiting_list(one, by=by, at=at),
    "ask": lambda one, form, by, at: ask_for_letter(one, form.words, by=by, at=at, key=form.key.data or ""),
    "refuse": lambda one, form, by, at: decline(one, form.words, by=by, at=at),
    "undo": lambda one, form, by, at: undo(one, by=by, at=at, seen=form.seen),
    "accept-change": lambda one, form, by, at: accept_change(
        change_of(one), by=by, at=at, despite=form.despite.data or ""
    ),
    "forget": lambda one, form, by, at: forget(one, by=by, at=at),
    "refuse-change": lambda one, form, by, at: refuse_change(change_of(one), form.words, by=by, at=at),
}
FOR_MANY = ("approve", "wait", "ask", "refuse", "undo")


@bp.post("")
@with_meeting(may=run_meeting)
def decide_many(meeting: Meeting) -> ResponseReturnValue:
    """One decision about everybody ticked; a refusal first asks for the reason."""
    act = request.form.get("do", "")
    form = (RefusalForm if act == "refuse" else ReasonForm)(request.form)
    found = [registration_by_number(meeting, one) for one in request.form.getlist("pick")[:MOST_AT_ONCE]]
    picked = list({one.id: one for one in found if one}.values())
    if act not in FOR_MANY:
        abort(400)
    look = read_look(request.form)
    if not picked:
        flash(_("Nobody was ticked. Tick the people first."), "wait")
        return redirect(url_for(".index", slug=meeting.slug, **look.address()), 303)
    if not form.validate():
        asked = "reason" in request.form
        if not asked:
            form.forgive()
        page = render_template("registration/refuse.html", meeting=meeting, form=form, picked=picked, look=look)
        return page, 422 if asked else 200
    ids = [one.id for one in picked]
    with transaction():
        tally = for_each(picked, lambda one: ACTS[act](one, form, me(), now()))
    say(act, tally, len(ids))
    address = look.address()
    if act in ("approve", "refuse", "wait"):
        address["done"] = [one.reference for one in tally.done]
    return redirect(url_for(".index", slug=meeting.slug, **address), 303)


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

    def decided() -> str:
        ACTS[act](registration, form, me(), now())
        return said(act, registration)

    sentence = attempt(form, decided)
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


def say(act: str, tally: Tally, count: int) -> None:
    """Tell how many it was done for, and why not for the others."""
    words = {
        "approve": _("%(done)s of %(all)s approved.", done=len(tally.done), all=count),
        "refuse": _("%(done)s of %(all)s refused.", done=len(tally.done), all=count),
        "wait": _("%(done)s of %(all)s put on the waiting list.", done=len(tally.done), all=count),
        "ask": _("%(done)s of %(all)s asked for the letter.", done=len(tally.done), all=count),
        "undo": ngettext("%(num)s decision undone.", "%(num)s decisions undone.", len(tally.done)),
    }
    flash(words[act], "ok" if tally.done else "wait")
    for one, sentence in tally.refused[:5]:
        flash(f"{one.reference}: {sentence}", "wait")
    if len(tally.refused) > 5:  # noqa: PLR2004 -- a reader takes in five
        flash(_("And %(count)s more.", count=len(tally.refused) - 5), "wait")


def change_of(registration: Registration) -> Amendment:
    """The change that waits. Refused when somebody decided it meanwhile."""
    amendment = open_amendment(registration)
    if amendment is None:
        raise Refused(_("This change is decided already."))
    return amendment
