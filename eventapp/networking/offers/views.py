"""My lines, and those of others: what fits, all of them, and the page of one person."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.ground.clock import now
from eventapp.ground.db import transaction
from eventapp.ground.text.i18n import _
from eventapp.ground.web.attempt import attempt
from eventapp.networking.access import with_participant
from eventapp.networking.offers.actions import add_line, change_line, take_out
from eventapp.networking.offers.forms import LineForm, form_of
from eventapp.networking.offers.models import KINDS, NEED, OFFER, NetworkingLine
from eventapp.networking.offers.queries import fits_of, line_of, lines_of, listed
from eventapp.networking.offers.shown import choices_of, tags_in
from eventapp.networking.queries import found_by
from eventapp.registration.models import Registration

bp = Blueprint("networking_offers", __name__, url_prefix="/registrations/<token>/networking")
bp.app_context_processor(lambda: {"networking_tags": tags_in})

FITTING = "fitting"


@bp.get("/lines/new")
@with_participant
def new(registration: Registration, token: str) -> ResponseReturnValue:
    """One more line of what I offer or need: ?kind=need."""
    kind = NEED if request.args.get("kind") == NEED else OFFER
    return line_page(registration, token, LineForm(None, registration, kind=kind))


@bp.post("/lines")
@with_participant
def create(registration: Registration, token: str) -> ResponseReturnValue:
    form = LineForm(request.form, registration)
    if not form.validate():
        return line_page(registration, token, form), 422
    attempt(form, lambda: add_line(registration, form.wanted(), at=now()))
    if form.refused:
        return line_page(registration, token, form), 409
    flash(_("Saved."), "ok")
    return redirect(url_for("networking.index", token=token, _anchor="mine"), 303)


@bp.get("/lines/<int(max=999999999):number>")
@with_participant
def edit(registration: Registration, token: str, number: int) -> ResponseReturnValue:
    """One of my lines, to change it or take it out."""
    line = line_of(registration, number) or abort(404)
    return line_page(registration, token, form_of(line), line)


@bp.post("/lines/<int(max=999999999):number>")
@with_participant
def update(registration: Registration, token: str, number: int) -> ResponseReturnValue:
    line = line_of(registration, number) or abort(404)
    form = form_of(line, request.form)
    if not form.validate():
        return line_page(registration, token, form, line), 422
    attempt(form, lambda: change_line(line, form.wanted(line.kind), at=now()))
    if form.refused:
        return line_page(registration, token, form, line), 409
    flash(_("Saved."), "ok")
    return redirect(url_for("networking.index", token=token, _anchor="mine"), 303)


@bp.post("/lines/<int(max=999999999):number>/removal")
@with_participant
def remove(registration: Registration, token: str, number: int) -> ResponseReturnValue:
    line = line_of(registration, number) or abort(404)
    with transaction():
        take_out(line)
    flash(_("The line is deleted."), "ok")
    return redirect(url_for("networking.index", token=token, _anchor="mine"), 303)


@bp.get("/people")
@with_participant
def people(registration: Registration, token: str) -> ResponseReturnValue:
    """Lines of others, a page at a time: ?kind=need, ?show=all or those that fit mine, ?tag=, ?after= the page before.

    Once the meeting is over there is nobody.
    """
    if registration.meeting.has_ended(now()):
        abort(404)
    kind = request.args.get("kind", "")
    kind = kind if kind in KINDS else NEED
    offered = choices_of(registration.meeting)
    tag = request.args.get("tag", "")
    tag = tag if tag in dict(offered) else ""
    is_fitting = request.args.get("show", "") == FITTING and not tag
    after = request.args.get("after", "")
    page = (
        fits_of(registration, lines_of(registration), kind, after)
        if is_fitting
        else listed(registration, kind, tag, after)
    )
    return render_template(
        "networking/people.html",
        registration=registration,
        meeting=registration.meeting,
        token=token,
        kind=kind,
        tag=tag,
        offered=offered,
        is_fitting=is_fitting,
        after=after,
        listing=page,
    )


@bp.get("/people/<int(max=999999999):number>")
@with_participant
def person(registration: Registration, token: str, number: int) -> ResponseReturnValue:
    """Somebody whom I may find: who sent them, what they offer and need; never an address."""
    other = found_by(registration, number) or abort(404)
    return render_template(
        "networking/person.html",
        registration=registration,
        meeting=registration.meeting,
        token=token,
        other=other,
        lines=lines_of(other),
        is_over=registration.meeting.has_ended(now()),
    )


def line_page(registration: Registration, token: str, form: LineForm, line: NetworkingLine | None = None) -> str:
    return render_template(
        "networking/line.html",
        registration=registration,
        meeting=registration.meeting,
        token=token,
        form=form,
        line=line,
    )
