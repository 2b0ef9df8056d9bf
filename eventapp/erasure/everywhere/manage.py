"""Erasing people of all meetings and of none, for administrators: one asks, and another one decides."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.erasure.actions import ask_about, confirm_erasure, refuse_erasure
from eventapp.erasure.forms import AskForm, FindForm, looked_for
from eventapp.erasure.looking.people import found_about, found_by
from eventapp.erasure.models import Erasure
from eventapp.erasure.queries import erasures, numbers_of
from eventapp.ground.clock import now
from eventapp.ground.db import db
from eventapp.ground.text.i18n import _
from eventapp.ground.web.attempt import attempt, pressed
from eventapp.ground.web.forms import Form
from eventapp.ground.web.paging import page_in_sql
from eventapp.people.access import with_person
from eventapp.people.models import Person
from eventapp.people.rules import administer

bp = Blueprint("erasures", __name__, url_prefix="/manage/erasures")

A_PAGE = 50


@bp.get("")
@with_person(may=administer)
def index(_person: Person) -> ResponseReturnValue:
    """Everybody who is to be erased, at whatever meeting it was asked, and what was decided."""
    listing = page_in_sql(erasures(), request.args.get("page"), most=A_PAGE)
    numbers = numbers_of(list(listing.rows))
    return render_template("erasure/everywhere/index.html", listing=listing, numbers=numbers)


@bp.get("/new")
@with_person(may=administer)
def new(_person: Person) -> ResponseReturnValue:
    """Find somebody by address or name, and see what there is of them."""
    form = looked_for(request.args)
    return page_of(form, AskForm(None)), 422 if form.faults else 200


@bp.post("")
@with_person(may=administer)
def create(person: Person) -> ResponseReturnValue:
    """Ask that whoever was found be erased."""
    form, looked = AskForm(request.form), FindForm(request.form)
    if not all([looked.validate(), form.validate()]):
        return page_of(looked, form), 422
    reason = form.reason.data or ""
    attempt(form, lambda: ask_about(looked.address, looked.called, reason, meeting=None, by=person, at=now()))
    if form.refused:
        return page_of(looked, form), 409
    flash(_("Somebody else has to confirm it."), "ok")
    return redirect(url_for(".index"), 303)


@bp.get("/<int:number>")
@with_person(may=administer)
def show(person: Person, number: int) -> ResponseReturnValue:
    """One of them: what there is of the person at all meetings, and what was decided or is to be."""
    return page_of_one(db.session.get(Erasure, number) or abort(404), person, Form())


@bp.post("/<int:number>")
@with_person(may=administer)
def decide(person: Person, number: int) -> ResponseReturnValue:
    """Confirm it, or leave all as it is."""
    erasure = db.session.get(Erasure, number) or abort(404)
    act = {"confirm": confirm_erasure, "refuse": refuse_erasure}.get(request.form.get("do", "")) or abort(400)
    there = url_for(".show", number=number)
    return pressed(lambda: act(erasure, by=person, at=now()), lambda form: page_of_one(erasure, person, form), there)


def page_of_one(erasure: Erasure, reader: Person, form: Form) -> str:
    return render_template(
        "erasure/everywhere/show.html",
        one=erasure,
        number=numbers_of([erasure])[erasure.id],
        found=found_about(erasure, None) if erasure.decided_at is None else None,
        reader=reader,
        form=form,
    )


def page_of(looked: FindForm, form: AskForm) -> str:
    found = found_by(looked.address, looked.called, None) if looked.is_sound else None
    shown = form if form.faults or form.refusal else looked
    return render_template("erasure/everywhere/new.html", find=looked, asking=form, found=found, form=shown)
