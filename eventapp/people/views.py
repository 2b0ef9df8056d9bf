from contextlib import suppress
from datetime import timedelta
from http import HTTPStatus

from flask import Blueprint, Response, abort, current_app, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import TooManyRequests

from eventapp.clock import now
from eventapp.db import db, transaction
from eventapp.gate import for_anyone, for_link_holder
from eventapp.languages import chosen_language
from eventapp.people.actions import ask_to_sign_in, end_sign_in, see, sign_in_by_code, sign_in_by_link
from eventapp.people.addresses import address_of
from eventapp.people.browsers import named
from eventapp.people.current import current_person, current_secret, sign_in_of
from eventapp.people.forms import CodeForm, SignInForm, own_page
from eventapp.people.gate import with_person
from eventapp.people.limits import allow, allow_all, host_of
from eventapp.people.models import Person, SignIn
from eventapp.people.queries import open_sign_ins
from eventapp.people.rules import be_signed_in
from eventapp.refusal import Refused
from eventapp.tokens import hashed

bp = Blueprint("people", __name__)

QUARTER, DAY = timedelta(minutes=15), timedelta(days=1)
MOST_A_DAY = 50  # letters to an address, and codes tried for it: at ten a quarter somebody could go on until one fits


@bp.app_context_processor
def who_is_asking() -> dict[str, object]:
    return {"current_person": current_person()}


@bp.after_app_request
def note_last_seen(answer: Response) -> Response:
    """Move the idle clock of a sign-in that was asked for: reading must not write, nor an answer wait for a clock."""
    sign_in = g.pop("seen", None)
    if sign_in and answer.status_code < HTTPStatus.INTERNAL_SERVER_ERROR:
        with suppress(OperationalError):  # the pen is held by somebody: the next request moves it
            db.session.rollback()
            with transaction():
                see(sign_in, at=now())
    return answer


@bp.get("/sign-in")
@for_anyone
def new() -> ResponseReturnValue:
    if current_person():
        return redirect(own_page(request.args.get("next", "/")))
    return render_template("people/new.html", form=SignInForm(next=request.args.get("next", "/")))


@bp.post("/sign-in")
@for_anyone
def create() -> ResponseReturnValue:
    form = SignInForm(request.form)
    if not form.validate():
        return render_template("people/new.html", form=form), 422
    if not within_limits("sign-in", form.email.data, per_address=5, per_host=30):
        raise TooManyRequests(retry_after=int(QUARTER.total_seconds()))
    with transaction():
        asked = ask_to_sign_in(form.email.data, at=now(), next_page=form.next_page(), language=chosen_language())
    session["signing_in"] = asked.email
    return redirect(url_for(".sent"), 303)


@bp.get("/sign-in/sent")
@for_anyone
def sent() -> ResponseReturnValue:
    return render_template("people/sent.html", form=CodeForm(email=session.get("signing_in", "")))


@bp.post("/sign-in/code")
@for_anyone
def code() -> ResponseReturnValue:
    form = CodeForm(request.form)
    if not form.validate():
        return render_template("people/sent.html", form=form), 422
    if not within_limits("code", form.email.data, per_address=10, per_host=60):
        raise TooManyRequests(retry_after=int(QUARTER.total_seconds()))
    with transaction():
        signed_in = sign_in_by_code(form.email.data, form.figures(), browser=browser(), at=now())
    if signed_in is None:
        return render_template("people/sent.html", form=form, wrong=True), 422
    return come_in(signed_in[1], signed_in[2])


@bp.get("/sign-in/<link>")
@for_link_holder
def show(link: str) -> ResponseReturnValue:
    """One button: mail scanners open links, and opening must not spend them."""
    return render_template("people/show.html", link=link)


@bp.post("/sign-in/<link>")
@for_link_holder
def use(link: str) -> ResponseReturnValue:
    try:
        with transaction():
            _row, secret, page = sign_in_by_link(link, browser=browser(), at=now())
    except Refused as refusal:
        form = SignInForm()
        form.refuse(refusal)
        return render_template("people/new.html", form=form), 409
    return come_in(secret, page)


@bp.post("/sign-out")
@with_person(may=be_signed_in)
def sign_out(person: Person) -> ResponseReturnValue:
    sign_in = sign_in_of(current_secret(), at=now())
    with transaction():
        if sign_in:
            end_sign_in(sign_in, by=person, at=now())
    session.clear()
    return redirect("/", 303)


@bp.get("/account")
@with_person(may=be_signed_in)
def account(person: Person) -> ResponseReturnValue:
    rows = open_sign_ins(person, at=now(), idle=current_app.config["SIGN_IN_IDLE"])
    return render_template(
        "people/account.html", person=person, sign_ins=rows, named=named, this=sign_in_of(current_secret(), at=now())
    )


@bp.post("/account/sign-ins/<int:number>/end")
@with_person(may=be_signed_in)
def end(person: Person, number: int) -> ResponseReturnValue:
    sign_in = db.session.scalar(select(SignIn).where(SignIn.id == number, SignIn.person_id == person.id))
    if sign_in is None:
        abort(404)
    with transaction():
        end_sign_in(sign_in, by=person, at=now())
    return redirect(url_for(".account"), 303)


@bp.post("/account/sign-ins/end")
@with_person(may=be_signed_in)
def end_others(person: Person) -> ResponseReturnValue:
    """Sign out everywhere but here."""
    this = sign_in_of(current_secret(), at=now())
    with transaction():
        for sign_in in open_sign_ins(person, at=now(), idle=current_app.config["SIGN_IN_IDLE"]):
            if sign_in is not this:
                end_sign_in(sign_in, by=person, at=now())
    return redirect(url_for(".account"), 303)


def within_limits(what: str, email: str, *, per_address: int, per_host: int) -> bool:
    """Count this try for its address and for its host; the host is the socket's, never a header's."""
    address, host = f"{what} {hashed(address_of(email))}", f"{what} from {host_of(request.remote_addr or '')}"
    with transaction():
        for_now = allow_all({address: per_address, host: per_host}, per=QUARTER, at=now())
        for_today = allow(f"{address} today", most=MOST_A_DAY, per=DAY, at=now())
    return for_now and for_today


def come_in(secret: str, page: str) -> ResponseReturnValue:
    """Start the browser's session anew, so that nobody who planted one shares it."""
    session.clear()
    session.permanent = True
    session["_user_id"], session["_fresh"] = secret, True
    return redirect(own_page(page), 303)


def browser() -> str:
    """What the browser calls itself, without anything that could not be shown."""
    name = request.user_agent.string
    return "".join(character for character in name if " " <= character <= "~")
