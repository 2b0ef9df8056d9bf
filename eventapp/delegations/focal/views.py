"""The page of a delegation for its focal point, by the link of the letter: its people, and nothing of any other."""

from collections.abc import Callable

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.delegations.actions import add_letter
from eventapp.delegations.focal.actions import (
    DOWN,
    UP,
    act_for,
    change_one,
    comes,
    disown_one,
    move_one,
    nominate_one,
    remind_one,
    vouch_for_one,
    withdraw_one,
)
from eventapp.delegations.focal.forms import NomineeForm
from eventapp.delegations.focal.queries import LINK, absent_of, member_of
from eventapp.delegations.forms import MOST_MEGABYTES, LetterForm
from eventapp.delegations.queries import lettered, members_of, places_by_role, row_of
from eventapp.drafts.held.fields import hold_files
from eventapp.ground.clock import now
from eventapp.ground.db import transaction
from eventapp.ground.db.types import Record
from eventapp.ground.security.tokens import secret
from eventapp.ground.text.i18n import _
from eventapp.ground.text.languages import chosen_language
from eventapp.ground.web.attempt import attempt, refusal_from
from eventapp.ground.web.downloads import download
from eventapp.links.access import with_link
from eventapp.people.limits import allow
from eventapp.registration.limits import HOUR
from eventapp.registration.models import (
    LETTER,
    PENDING,
    UNCONFIRMED,
    WAITING,
    DelegationFocalPoint,
    Registration,
    Upload,
)
from eventapp.registration.nominated.queries import nominations_end_at, rules_for
from eventapp.registration.queries import delegation_letter
from eventapp.registration.uploads.reading import EXTENSIONS
from eventapp.registration.views import count_files
from eventapp.vocabulary.participants import DELEGATION_ROLES

bp = Blueprint("focal", __name__, url_prefix="/focal-points/<token>")
MOST_REMINDERS = 3  # of one person in an hour


@bp.get("")
@with_link(LINK)
def show(focal: DelegationFocalPoint, token: str) -> ResponseReturnValue:
    """The people of the delegation, its places and its letter."""
    return page_of(focal, token)


@bp.get("/people/new")
@with_link(LINK)
def new(focal: DelegationFocalPoint, token: str) -> ResponseReturnValue:
    """An empty form; ?instead=R-0165 has the place of whoever leaves for the new person."""
    leaving = member_of(focal.delegation, request.args.get("instead", ""))
    known = {"instead": leaving.reference, **known_of(leaving)} if leaving and comes(leaving) else {}
    for name in ("given_name", "family_name", "job_title"):
        known.pop(name, None)
    return person_page(focal, token, NomineeForm(None, focal.delegation, key=secret(), **known))


@bp.post("/people/new")
@with_link(LINK)
def create(focal: DelegationFocalPoint, token: str) -> ResponseReturnValue:
    form = NomineeForm(request.form, focal.delegation)
    if not form.validate():
        return person_page(focal, token, form), 422
    facts = {"key": form.key.data or secret(), "language": chosen_language(), "instead": form.instead.data or ""}

    def act() -> str:
        return nominate_one(focal, form.nominee(), at=now(), **facts).record_name

    name = attempt(form, act)
    if name is None:
        return person_page(focal, token, form), 409
    flash(_("%(name)s is nominated and gets a letter to confirm.", name=name), "ok")
    return to(token)


@bp.get("/people/<reference>")
@with_link(LINK)
def edit(focal: DelegationFocalPoint, token: str, reference: str) -> ResponseReturnValue:
    """What the focal point may say of somebody, as it is on record."""
    one = mine(focal, reference)
    return person_page(focal, token, NomineeForm(None, focal.delegation, **known_of(one)), one)


@bp.post("/people/<reference>")
@with_link(LINK)
def update(focal: DelegationFocalPoint, token: str, reference: str) -> ResponseReturnValue:
    one = mine(focal, reference)
    typed = request.form.copy()
    typed["email"] = one.person.email  # is not changed here
    if one.state != UNCONFIRMED:  # the names are theirs by now
        typed["given_name"], typed["family_name"] = one.given_name, one.family_name
    form = NomineeForm(typed, focal.delegation)
    if not form.validate():
        return person_page(focal, token, form, one), 422
    attempt(form, lambda: change_one(focal, reference, form.nominee(), at=now()))
    return (person_page(focal, token, form, one), 409) if form.refused else to(token)


@bp.get("/people/<reference>/withdrawal")
@with_link(LINK)
def leaving(focal: DelegationFocalPoint, token: str, reference: str) -> ResponseReturnValue:
    """Asks before somebody is taken out."""
    one = mine(focal, reference)
    return render_template("delegations/focal/withdrawal.html", one=one, **around(focal, token))


@bp.post("/people/<reference>/withdrawal")
@with_link(LINK)
def withdraw(focal: DelegationFocalPoint, token: str, reference: str) -> ResponseReturnValue:
    return done(focal, token, lambda: withdraw_one(focal, reference, at=now()))


@bp.post("/people/<reference>/membership")
@with_link(LINK)
def judge(focal: DelegationFocalPoint, token: str, reference: str) -> ResponseReturnValue:
    """Somebody who registered by themselves is one of the delegation, or is not."""
    act = vouch_for_one if request.form.get("do") == "yes" else disown_one
    return done(focal, token, lambda: act(focal, reference, at=now()))


@bp.post("/people/<reference>/<any(up, down):way>")
@with_link(LINK)
def move(focal: DelegationFocalPoint, token: str, reference: str, way: str) -> ResponseReturnValue:
    return done(focal, token, lambda: move_one(focal, reference, UP if way == "up" else DOWN, at=now()))


@bp.post("/people/<reference>/reminder")
@with_link(LINK)
def remind(focal: DelegationFocalPoint, token: str, reference: str) -> ResponseReturnValue:
    """Their letter once more, three times an hour at most."""
    one = mine(focal, reference)

    def act() -> None:
        if allow(f"reminded {one.id}", most=MOST_REMINDERS, per=HOUR, at=now()):
            remind_one(focal, reference, at=now())

    name = one.record_name
    return done(focal, token, act, _("%(name)s gets the letter again.", name=name))


@bp.get("/letter")
@with_link(LINK)
def letter(focal: DelegationFocalPoint, token: str) -> ResponseReturnValue:
    """The letter in force, as a download."""
    found = delegation_letter(focal.delegation)
    if found is None or not found.has_content:
        abort(404)
    return download(f"letter.{EXTENSIONS[found.content_type]}", found.content_type, found.content, foreign=True)


@bp.post("/letter")
@with_link(LINK)
def send_letter(focal: DelegationFocalPoint, token: str) -> ResponseReturnValue:
    """The note verbale or letter, once for all."""
    count_files()
    form = LetterForm(request.form)
    is_sound = form.validate()
    upload = form.received(at=now())
    if upload is None or not is_sound:
        if upload is not None:
            with transaction():
                hold_files(form, {LETTER: upload}, at=now())
        return page_of(focal, token, lettering=form), 422

    def act(upload: Upload) -> None:
        add_letter(act_for(focal, at=now()), upload, form.facts(), by=focal.person, at=now())

    attempt(form, lambda: act(upload))
    if form.refused:
        return page_of(focal, token, lettering=form), 409
    flash(_("The letter is with the secretariat."), "ok")
    return to(token)


def done(focal: DelegationFocalPoint, token: str, act: Callable[[], None], words: str = "") -> ResponseReturnValue:
    """Do it and show the delegation, with the sentence where it was refused."""
    refusal = refusal_from(act)
    if refusal:
        return page_of(focal, token, refusal=refusal), 409
    if words:
        flash(words, "ok")
    return to(token)


def mine(focal: DelegationFocalPoint, reference: str) -> Registration:
    """This person, where they come for the delegation; else 404."""
    one = member_of(focal.delegation, reference)
    if one is None or one.reference != reference or not comes(one):
        abort(404)
    return one


def known_of(one: Registration) -> Record:
    """What the form asks about somebody, as it is on record."""
    names = ("given_name", "family_name", "job_title", "organization")
    return {"category": one.category.code, "role": one.delegation_role, **{name: getattr(one, name) for name in names}}


def person_page(focal: DelegationFocalPoint, token: str, form: NomineeForm, one: Registration | None = None) -> str:
    leaving = member_of(focal.delegation, form.instead.data or "")
    return render_template("delegations/focal/person.html", form=form, one=one, leaving=leaving, **around(focal, token))


def page_of(focal: DelegationFocalPoint, token: str, *, lettering: LetterForm | None = None, refusal: str = "") -> str:
    delegation, at = focal.delegation, now()
    members, rules = members_of(delegation), rules_for(delegation.meeting)
    ends_at = nominations_end_at(delegation.meeting)
    return render_template(
        "delegations/focal/show.html",
        row=row_of(delegation),
        role_places=places_by_role(delegation),
        members=members,
        absent=absent_of(delegation),
        lettered=lettered(members),
        letter=delegation_letter(delegation),
        lettering=lettering or LetterForm(),
        most=MOST_MEGABYTES,
        roles=DELEGATION_ROLES,
        refusal=refusal,
        ends_at=ends_at,
        rules=rules,
        to_judge=[one for one in members if one.vouched_at is None and one.state in (PENDING, WAITING)]
        if rules.waits_for_focal_point
        else [],
        is_late=at >= ends_at,
        is_over=delegation.meeting.has_ended(at) or delegation.meeting.closed_at is not None,
        **around(focal, token),
    )


def around(focal: DelegationFocalPoint, token: str) -> dict[str, object]:
    """What every page by this link needs, its secret too."""
    return {"focal": focal, "delegation": focal.delegation, "meeting": focal.delegation.meeting, "token": token}


def to(token: str) -> ResponseReturnValue:
    return redirect(url_for(".show", token=token), 303)
