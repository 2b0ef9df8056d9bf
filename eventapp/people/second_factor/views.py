"""Giving the second factor after a mailed link, and one's own passkeys and recovery codes."""

from http import HTTPStatus

from flask import Blueprint, Response, abort, current_app, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import logout_user
from werkzeug.exceptions import TooManyRequests

from eventapp.ground.clock import now
from eventapp.ground.db import transaction
from eventapp.ground.security.tokens import hashed
from eventapp.ground.web.attempt import attempt
from eventapp.ground.web.forms import Form
from eventapp.people.access import with_person
from eventapp.people.current import has_to_have_one
from eventapp.people.models import Person, SignIn
from eventapp.people.rules import be_signed_in
from eventapp.people.second_factor.access import for_half_in, setting_up, with_own_devices
from eventapp.people.second_factor.actions import (
    ADD,
    USE,
    add_passkey,
    ask,
    make_codes,
    name_passkey,
    remove_passkey,
    use_code,
    use_passkey,
)
from eventapp.people.second_factor.ceremony import Place, asked_to_add, asked_to_use
from eventapp.people.second_factor.forms import AddForm, AnswerForm, NameForm, RecoveryForm
from eventapp.people.second_factor.queries import codes_of, passkeys_of
from eventapp.people.sign_in.actions import end_sign_in
from eventapp.people.sign_in.allowances import QUARTER, may_try_code
from eventapp.people.sign_in.browsers import named
from eventapp.people.sign_in.forms import own_page
from eventapp.people.sign_in.views import asker_for, browser, start_session

bp = Blueprint("second_factor", __name__)


@bp.get("/sign-in/second")
@for_half_in
def show(person: Person) -> ResponseReturnValue:
    """The second step; who has nothing to give yet is led to the page that sets it up."""
    if "next" in request.args:
        session["going_to"] = own_page(request.args["next"])
    if person.second_factor_since is None:
        return redirect(url_for(".devices"))
    return second_page(RecoveryForm())


@bp.post("/sign-in/second/options")
@for_half_in
def options(person: Person) -> ResponseReturnValue:
    """What the browser asks its passkey, with a challenge of this sign-in."""
    with transaction():
        word = ask(sign_in_of(person), USE, at=now())
        there = [one.credential for one in passkeys_of(person)]
    return as_json(asked_to_use(place(), challenge=word, there=there))


@bp.post("/sign-in/second/passkey")
@for_half_in
def use(person: Person) -> ResponseReturnValue:
    count_try(person)
    form, sign_in = AnswerForm(request.form), sign_in_of(person)
    word = attempt(form, lambda: use_passkey(sign_in, form.answered(), place(), at=now()))
    return went_on(sign_in, word) if word else second_page(RecoveryForm(), form, failed="passkey")


@bp.post("/sign-in/second/recovery-code")
@for_half_in
def recover(person: Person) -> ResponseReturnValue:
    form, sign_in = RecoveryForm(request.form), sign_in_of(person)
    if not form.validate():
        return second_page(form, form)
    count_try(person)
    word = attempt(form, lambda: use_code(sign_in, form.code.data, at=now()))
    return went_on(sign_in, word) if word else second_page(form, form, failed="code")


@bp.post("/sign-in/second/leave")
@for_half_in
def leave(person: Person) -> ResponseReturnValue:
    """End this sign-in, which has not become one."""
    with transaction():
        end_sign_in(sign_in_of(person), by=person, at=now())
    logout_user()
    session.clear()
    return redirect(url_for("people.new"), 303)


@bp.get("/account/devices")
@with_own_devices
def devices(person: Person) -> ResponseReturnValue:
    return devices_page(person)


@bp.post("/account/devices/options")
@with_own_devices
def options_to_add(person: Person) -> ResponseReturnValue:
    """What the browser asks a new passkey, with a challenge of this sign-in."""
    with transaction():
        word = ask(sign_in_of(person), ADD, at=now())
        there = [one.credential for one in passkeys_of(person)]
    number = hashed(f"passkeys of {person.id}")
    facts = {"challenge": word, "number": number, "email": person.email, "name": person.name}
    return as_json(asked_to_add(place(), there=there, **facts))


@bp.post("/account/devices/passkeys")
@with_own_devices
def add(person: Person) -> ResponseReturnValue:
    """Keep a new passkey; with the first one come recovery codes, shown now."""
    form, sign_in = AddForm(request.form), sign_in_of(person)
    if not form.validate():
        return devices_page(person, form), HTTPStatus.UNPROCESSABLE_ENTITY
    count_try(person)

    def act() -> list[str] | None:
        added = add_passkey(sign_in, form.answered(), form.name.data, place(), at=now())
        if added is None:
            return None
        return [] if codes_of(person).made else make_codes(person, at=now())

    codes = attempt(form, act)
    if codes is None:
        status = HTTPStatus.CONFLICT if form.refusal else HTTPStatus.UNPROCESSABLE_ENTITY
        return devices_page(person, form, failed=not form.refusal), status
    going_to = session.pop("going_to", "")
    return codes_page(codes, going_to) if codes else redirect(going_to or url_for(".devices"), 303)


@bp.post("/account/devices/passkeys/<int:number>/name")
@with_person(may=be_signed_in)
def name(person: Person, number: int) -> ResponseReturnValue:
    form = NameForm(request.form)
    if not form.validate():
        return devices_page(person, naming=number, name_form=form), HTTPStatus.UNPROCESSABLE_ENTITY
    attempt(form, lambda: name_passkey(person, number, form.name.data, at=now()))
    if form.refusal:
        return devices_page(person, form), HTTPStatus.CONFLICT
    return redirect(url_for(".devices"), 303)


@bp.post("/account/devices/passkeys/<int:number>/remove")
@with_person(may=be_signed_in)
def remove(person: Person, number: int) -> ResponseReturnValue:
    form = AddForm()
    attempt(form, lambda: remove_passkey(person, number, is_required=has_to_have_one(person), at=now()))
    if form.refusal:
        return devices_page(person, form), HTTPStatus.CONFLICT
    return redirect(url_for(".devices"), 303)


@bp.post("/account/devices/recovery-codes")
@with_person(may=be_signed_in)
def new_codes(person: Person) -> ResponseReturnValue:
    """Ten new codes, shown on this answer and never again."""
    form = AddForm()
    codes = attempt(form, lambda: make_codes(person, at=now()))
    return codes_page(codes) if codes else (devices_page(person, form), HTTPStatus.CONFLICT)


def devices_page(
    person: Person, form: Form | None = None, *, failed: bool = False, naming: int = 0, name_form: Form | None = None
) -> str:
    return render_template(
        "people/second_factor/devices.html",
        person=person,
        form=form or AddForm(name=named(browser())),
        name_form=name_form,
        naming=naming,
        failed=failed,
        passkeys=passkeys_of(person),
        codes=codes_of(person),
        setting_up=setting_up() is not None,
        required=has_to_have_one(person),
    )


def codes_page(codes: list[str], going_to: str = "") -> str:
    return render_template(
        "people/second_factor/codes.html", codes=codes, going_to=going_to or url_for("second_factor.devices")
    )


def second_page(recovery: RecoveryForm, form: Form | None = None, *, failed: str = "") -> ResponseReturnValue:
    """The second step again. 200 where nothing was sent yet, 409 where it was refused, 422 where it was not right."""
    page = render_template("people/second_factor/show.html", form=form, recovery=recovery, failed=failed)
    if form is None:
        return page
    return page, HTTPStatus.CONFLICT if form.refusal else HTTPStatus.UNPROCESSABLE_ENTITY


def went_on(sign_in: SignIn, word: str) -> ResponseReturnValue:
    """On to the page that was asked for, in a session that nobody shares."""
    going_to = session.get("going_to", "/")
    start_session(sign_in, word)
    return redirect(own_page(going_to), 303)


def count_try(person: Person) -> None:
    """Count one try; too many are refused, as of codes, and only where they were made."""
    with transaction():
        may_try = may_try_code(person.email, asker_for(person.email), at=now(), what="second")
    if not may_try:
        raise TooManyRequests(retry_after=int(QUARTER.total_seconds()))


def sign_in_of(person: Person) -> SignIn:
    return person.sign_in or abort(404)


def place() -> Place:
    return Place.at(current_app.config["BASE_URL"])


def as_json(words: str) -> Response:
    return Response(words, mimetype="application/json")
