"""What came of a bilateral meeting, written by either of the two, and the button that makes it a commitment."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.ground.clock import now
from eventapp.ground.text.i18n import _
from eventapp.ground.web.attempt import attempt
from eventapp.ground.web.forms import Form
from eventapp.networking.access import with_participant
from eventapp.networking.bilaterals.models import AGREED, Bilateral
from eventapp.networking.bilaterals.queries import bilateral_of
from eventapp.networking.outcomes.actions import promise, write_outcome
from eventapp.networking.outcomes.forms import OutcomeForm
from eventapp.networking.queries import rules_of
from eventapp.registration.models import Registration

bp = Blueprint("bilateral_outcomes", __name__, url_prefix="/registrations/<token>/networking/meetings")
NUMBER = "<int(max=999999999):number>"


@bp.get(f"/{NUMBER}/outcome")
@with_participant
def show(registration: Registration, token: str, number: int) -> ResponseReturnValue:
    """What came of it."""
    one = mine(registration, number)
    return page(registration, token, one, OutcomeForm(None, outcome=one.outcome))


@bp.post(f"/{NUMBER}/outcome")
@with_participant
def write(registration: Registration, token: str, number: int) -> ResponseReturnValue:
    one, form = mine(registration, number), OutcomeForm(request.form)
    if not form.validate():
        return page(registration, token, one, form), 422
    attempt(form, lambda: write_outcome(one, registration, form.outcome.data, at=now()))
    if form.refused:
        return page(registration, token, one, form), 409
    flash(_("Saved."), "ok")
    return redirect(url_for(".show", token=token, number=number), 303)


@bp.post(f"/{NUMBER}/commitment")
@with_participant
def make_commitment(registration: Registration, token: str, number: int) -> ResponseReturnValue:
    """One press: it goes to the record as a commitment."""
    one, form = mine(registration, number), Form()
    attempt(form, lambda: promise(one, registration, at=now()))
    if form.refused:
        shown = OutcomeForm(None, outcome=one.outcome)
        shown.refused, shown.refusal = form.refused, form.refusal
        return page(registration, token, one, shown), 409
    return redirect(url_for(".show", token=token, number=number), 303)


def mine(registration: Registration, number: int) -> Bilateral:
    """The meeting, once both agreed to it."""
    one = bilateral_of(registration, number)
    return one if one is not None and one.state == AGREED else abort(404)


def page(registration: Registration, token: str, one: Bilateral, form: OutcomeForm) -> str:
    rules = rules_of(one.meeting)
    return render_template(
        "networking/outcome.html",
        registration=registration,
        meeting=one.meeting,
        token=token,
        one=one,
        other=one.other_than(registration),
        form=form,
        takes_commitments=bool(rules and rules.session),
    )
