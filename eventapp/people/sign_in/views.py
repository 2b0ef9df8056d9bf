from contextlib import suppress
from http import HTTPStatus

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    g,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import login_user, logout_user
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import TooManyRequests

from eventapp.ground.clock import now
from eventapp.ground.db import db, transaction
from eventapp.ground.text.languages import chosen_language
from eventapp.ground.web.access import for_anyone, for_link_holder
from eventapp.ground.web.attempt import attempt
from eventapp.people.access import with_person
from eventapp.people.addresses import address_of
from eventapp.people.current import current_person, half_in, signed_in, waits
from eventapp.people.limits import host_of
from eventapp.people.models import Person, SignIn
from eventapp.people.queries import is_administrator, open_sign_ins
from eventapp.people.rules import be_signed_in
from eventapp.people.sign_in import known_browsers
from eventapp.people.sign_in.actions import ask_to_sign_in, end_sign_in, see, sign_in_by_code, sign_in_by_link
from eventapp.people.sign_in.allowances import QUARTER, Asker, may_try_code
from eventapp.people.sign_in.browsers import named
from eventapp.people.sign_in.forms import CodeForm, SignInForm, own_page

bp = Blueprint("people", __name__)


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
    if half_in():
        return redirect(url_for("second_factor.show", next=own_page(request.args.get("next", "/"))))
    return render_template("people/new.html", form=SignInForm(next=request.args.get("next", "/")))


@bp.post("/sign-in")
@for_anyone
def create() -> ResponseReturnValue:
    form = SignInForm(request.form)
    if not form.validate():
        return render_template("people/new.html", form=form), 422
    email = form.email.data
    with transaction():
        taken = ask_to_sign_in(
            email, asker=asker_for(email), at=now(), next_page=form.next_page(), language=chosen_language()
        )
        if not taken:
            raise TooManyRequests(retry_after=int(QUARTER.total_seconds()))
    session["signing_in"] = address_of(email)
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
    email = form.email.data
    asker = asker_for(email)
    with transaction():
        may_try = may_try_code(address_of(email), asker, at=now())
    if not may_try:
        raise TooManyRequests(retry_after=int(QUARTER.total_seconds()))
    name = browser()
    found = attempt(form, lambda: sign_in_by_code(email, form.figures(), asker=asker, browser=name, at=now()))
    if form.refusal:
        return render_template("people/sent.html", form=form), 409
    if found is None:
        return render_template("people/sent.html", form=form, wrong=True), 422
    return come_in(*found)


@bp.get("/sign-in/<link>")
@for_link_holder
def show(link: str) -> ResponseReturnValue:
    """One button: mail scanners open links, and opening must not spend them."""
    return render_template("people/show.html", link=link)


@bp.post("/sign-in/<link>")
@for_link_holder
def use(link: str) -> ResponseReturnValue:
    form, name = SignInForm(), browser()
    found = attempt(form, lambda: sign_in_by_link(link, browser=name, at=now()))
    if found is None:
        return render_template("people/new.html", form=form), 409
    return come_in(*found)


@bp.post("/sign-out")
@with_person(may=be_signed_in)
def sign_out(person: Person) -> ResponseReturnValue:
    with transaction():
        if person.sign_in:
            end_sign_in(person.sign_in, by=person, at=now())
    logout_user()
    session.clear()
    return redirect("/", 303)


@bp.get("/account")
@with_person(may=be_signed_in)
def account(person: Person) -> ResponseReturnValue:
    rows = open_sign_ins(person, at=now(), idle=current_app.config["SIGN_IN_IDLE"])
    return render_template(
        "people/account.html", person=person, sign_ins=rows, named=named, administers=is_administrator(person)
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
    with transaction():
        for sign_in in open_sign_ins(person, at=now(), idle=current_app.config["SIGN_IN_IDLE"]):
            if sign_in is not person.sign_in:
                end_sign_in(sign_in, by=person, at=now())
    return redirect(url_for(".account"), 303)


def asker_for(email: str) -> Asker:
    """Where a try for this address comes from; the host is the socket's, never a header's."""
    return Asker(host_of(request.remote_addr or ""), known_browsers.number_at(address_of(email)))


def come_in(sign_in: SignIn, secret: str, page: str) -> ResponseReturnValue:
    """Start the browser's session anew, so that nobody who planted one shares it, and go on or to the second factor."""
    going_to = own_page(page)
    start_session(sign_in, secret)
    if waits(sign_in):
        session["going_to"], going_to = going_to, url_for("second_factor.show")
    return known_browsers.remember(make_response(redirect(going_to, 303)), sign_in.person.email)


def start_session(sign_in: SignIn, secret: str) -> None:
    """Have this browser keep the secret of this sign-in, and nothing of before."""
    session.clear()
    session.permanent = True
    login_user(signed_in(sign_in, secret))


def browser() -> str:
    """What the browser calls itself, without anything that could not be shown."""
    name = request.user_agent.string
    return "".join(character for character in name if " " <= character <= "~")
