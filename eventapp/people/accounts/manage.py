"""Administrators and people, for administrators: who may act everywhere, and who may sign in."""

from functools import partial

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.ground.clock import now
from eventapp.ground.db import db
from eventapp.ground.text.policy import clean
from eventapp.ground.web.attempt import answered, attempt
from eventapp.ground.web.forms import Form
from eventapp.people.access import with_person
from eventapp.people.accounts.actions import disable, enable, end_administrator, make_administrator
from eventapp.people.accounts.forms import ActForm, ResetForm
from eventapp.people.models import Person
from eventapp.people.queries import administrators, entries_about, is_administrator, open_sign_ins, people_like
from eventapp.people.rules import administer
from eventapp.people.second_factor.actions import reset
from eventapp.people.second_factor.queries import codes_of, passkeys_of

bp = Blueprint("people_manage", __name__)

SHOWN = 50
LONGEST_QUESTION = 100
ACTS = {
    "disable": disable,
    "enable": enable,
    "make-administrator": make_administrator,
    "end-administrator": end_administrator,
}


@bp.get("/manage/people")
@with_person(may=administer)
def index(_person: Person) -> ResponseReturnValue:
    """Who may act everywhere, who may not sign in, and a way to anybody."""
    words = clean(request.args.get("q", ""))[:LONGEST_QUESTION]
    found = people_like(words, most=SHOWN)
    return render_template("people/manage/index.html", administrators=administrators(), words=words, found=found)


@bp.get("/manage/people/<int:person>")
@with_person(may=administer)
def show(_asker: Person, person: int) -> ResponseReturnValue:
    return page(person_with(person), ActForm())


@bp.post("/manage/people/<int:person>")
@with_person(may=administer)
def act(asker: Person, person: int) -> ResponseReturnValue:
    """Do one of ACTS; the one that undoes it is then on the page."""
    chosen, form = person_with(person), ActForm(request.form)
    if form.act.data not in ACTS:
        abort(400)
    do = ACTS[form.act.data]
    attempt(form, lambda: do(chosen, by=asker, at=now()))
    if form.refusal:
        return page(chosen, form), 409
    return redirect(url_for(".show", person=person), 303)


@bp.post("/manage/people/<int:person>/second-factor")
@with_person(may=administer)
def reset_second_factor(asker: Person, person: int) -> ResponseReturnValue:
    """Take a second factor that was lost away; the person sets a new one up after the next mailed link."""
    chosen, form = person_with(person), ResetForm(request.form)
    again = partial(page, chosen, form, form)
    return answered(
        form,
        lambda: reset(chosen, form.reason.data, by=asker, at=now()),
        lambda status: (again(), status),
        url_for(".show", person=person),
    )


def page(person: Person, form: Form, reset_form: ResetForm | None = None) -> str:
    return render_template(
        "people/manage/show.html",
        form=form,
        person=person,
        administers=is_administrator(person),
        sign_ins=len(open_sign_ins(person, at=now(), idle=current_app.config["SIGN_IN_IDLE"])),
        history=entries_about(person),
        reset_form=reset_form or ResetForm(),
        passkeys=len(passkeys_of(person)),
        codes=codes_of(person),
    )


def person_with(number: int) -> Person:
    return db.session.get(Person, number) or abort(404)
