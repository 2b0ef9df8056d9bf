"""Registrations as organizers work on them: look, decide, take back, write, add somebody, take the list along."""

from collections.abc import Callable
from datetime import datetime

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.clock import now
from eventapp.db import transaction
from eventapp.history.queries import entries_of
from eventapp.languages import chosen_language
from eventapp.meetings.gate import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import keep_door, run_meeting
from eventapp.people.current import current_person
from eventapp.people.models import Person
from eventapp.refusal import Refused
from eventapp.registration.actions import add_walk_in
from eventapp.registration.amendments import accept_change, refuse_change
from eventapp.registration.application import told
from eventapp.registration.decisions import (
    Tally,
    approve,
    ask_for_letter,
    can_undo,
    decline,
    for_each,
    put_on_waiting_list,
    undo,
    write_to,
)
from eventapp.registration.forms import CounterForm, ReasonForm, RefusalForm, WritingForm
from eventapp.registration.listing import (
    VIEWS,
    Look,
    listed,
    of_same_delegation,
    read_look,
    sessions_with,
    view_counts,
)
from eventapp.registration.models import APPROVED, LETTER, PHOTO, Amendment, Registration
from eventapp.registration.organizations import KNOWN
from eventapp.registration.queries import (
    newest_decision,
    newest_decisions,
    newest_upload,
    open_amendment,
    places_left,
    registration_by_number,
    waiting_position,
)
from eventapp.registration.retention import forget, has_private, is_to_come
from eventapp.registration.uploads import served
from eventapp.tokens import secret
from eventapp.vocabulary.countries import SUBREGIONS
from eventapp.words import _, ngettext

bp = Blueprint("registration_manage", __name__, url_prefix="/meetings/<slug>/manage/registrations")

Act = Callable[[Registration, ReasonForm, Person, datetime], None]
MOST_AT_ONCE = 200

ACTS: dict[str, Act] = {
    "approve": lambda one, form, by, at: approve(one, by=by, at=at),
    "wait": lambda one, form, by, at: put_on_waiting_list(one, by=by, at=at),
    "ask": lambda one, form, by, at: ask_for_letter(one, form.words, by=by, at=at, key=form.key.data or ""),
    "refuse": lambda one, form, by, at: decline(one, form.words, by=by, at=at),
    "undo": lambda one, form, by, at: undo(one, by=by, at=at, seen=form.seen),
    "accept-change": lambda one, form, by, at: accept_change(change_of(one), by=by, at=at),
    "forget": lambda one, form, by, at: forget(one, by=by, at=at),
    "refuse-change": lambda one, form, by, at: refuse_change(change_of(one), form.words, by=by, at=at),
}
FOR_MANY = ("approve", "wait", "ask", "refuse", "undo")


@bp.get("")
@with_meeting(may=run_meeting)
def index(meeting: Meeting) -> ResponseReturnValue:
    return page_of(meeting, read_look(request.args), request.args.get("open", ""))


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
    try:
        with transaction():
            ACTS[act](registration, form, me(), now())
            flash(said(act, registration), "ok")
    except Refused as refusal:
        form.refuse(refusal)
        return page_of(meeting, look, reference, form), 409
    address = url_for(".index", slug=meeting.slug, **look.address(), open=reference)
    return redirect(f"{address}#panel", 303)


@bp.get("/<reference>/<any(letter, photo):kind>")
@with_meeting(may=run_meeting)
def upload(meeting: Meeting, reference: str, kind: str) -> ResponseReturnValue:
    registration = of_number(meeting, reference)
    found = newest_upload(registration, kind)
    if found is None:
        abort(404)
    return served(found, registration)


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


@bp.get("/new")
@with_meeting(may=keep_door)
def new(meeting: Meeting) -> ResponseReturnValue:
    form = CounterForm(None, meeting=meeting, key=secret())
    return counter(meeting, form)


@bp.post("/new")
@with_meeting(may=keep_door)
def create(meeting: Meeting) -> ResponseReturnValue:
    """Somebody at the counter, with a place at once."""
    form = CounterForm(request.form, meeting=meeting)
    if not form.validate():
        return counter(meeting, form), 422
    try:
        with transaction():
            application, key = form.application(), form.key.data or secret()
            added = add_walk_in(meeting, application, key=key, by=me(), at=now(), language=chosen_language())
            name, reference = added.record_name, added.reference
    except Refused as refusal:
        form.refuse(refusal)
        return counter(meeting, form), 409
    flash(_("%(name)s has a place as %(number)s.", name=name, number=reference), "ok")
    return redirect(url_for(".new", slug=meeting.slug, added=reference), 303)


def page_of(meeting: Meeting, look: Look, reference: str, form: ReasonForm | None = None) -> str:
    opened = registration_by_number(meeting, reference) if reference else None
    listing = listed(meeting, look)
    return render_template(
        "registration/index.html",
        meeting=meeting,
        look=look,
        views=VIEWS,
        counts=view_counts(meeting),
        listing=listing,
        left=places_left(meeting),
        subregions=SUBREGIONS,
        done=newest_decisions(meeting, request.args.getlist("done")[:MOST_AT_ONCE]),
        form=form or ReasonForm(None, key=secret()),
        opened=opened,
        **(panel(opened) if opened else {}),
    )


def panel(registration: Registration) -> dict[str, object]:
    """What the panel says about one registration."""
    amendment = open_amendment(registration)
    categories = {one.code: one.name for one in registration.meeting.categories}
    return {
        "amendment": amendment,
        "changes": told(amendment.changes, categories) if amendment else [],
        "letter": newest_upload(registration, LETTER),
        "photo": newest_upload(registration, PHOTO),
        "same_delegation": of_same_delegation(registration),
        "sessions": sessions_with(registration),
        "position": waiting_position(registration),
        "history": list(reversed(entries_of(registration))),
        "to_undo": newest_decision(registration) if can_undo(registration) else None,
        "can_forget": has_private(registration) and not is_to_come(registration, now()),
        "state": registration.state_now(now()),
    }


def counter(meeting: Meeting, form: CounterForm) -> str:
    left = places_left(meeting)
    runs = run_meeting(current_person(), meeting)
    added = registration_by_number(meeting, request.args.get("added", ""))
    page = {"form": form, "organizations": KNOWN, "left": left, "runs": runs, "added": added}
    return render_template("registration/counter.html", meeting=meeting, **page)


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
        "undo": _("The decision is taken back. %(name)s gets an email.", name=name),
        "accept-change": _("The change holds. %(name)s gets an email.", name=name),
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
        "undo": ngettext("%(num)s decision taken back.", "%(num)s decisions taken back.", len(tally.done)),
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


def of_number(meeting: Meeting, reference: str) -> Registration:
    """The registration of this number; 404 where this meeting has none."""
    registration = registration_by_number(meeting, reference)
    if registration is None or registration.reference != reference:
        abort(404)
    return registration


def me() -> Person:
    person = current_person()
    if person is None:  # the gate has let somebody in
        abort(404)
    return person
