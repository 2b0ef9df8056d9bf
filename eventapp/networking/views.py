"""The page of networking behind the own link: what fits, my lines, who may find me, whom I blocked."""

from datetime import datetime

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.ground.clock import now
from eventapp.ground.db import transaction
from eventapp.ground.text.i18n import _
from eventapp.ground.web.attempt import attempt, refusal_from
from eventapp.networking.access import with_participant
from eventapp.networking.actions import choose_audience, unblock
from eventapp.networking.bilaterals.actions import part_ways
from eventapp.networking.bilaterals.queries import bilaterals_of
from eventapp.networking.forms import AUDIENCE_WORDS, AudienceForm
from eventapp.networking.offers.models import NEED, OFFER
from eventapp.networking.offers.queries import fits_of, lines_of, people_fitting
from eventapp.networking.queries import audience_of, blocked_by, found_by, is_open
from eventapp.registration.models import Registration

bp = Blueprint("networking", __name__)

A_FEW = 5  # of those who fit, on the first page


@bp.app_template_global("has_networking")
def has_networking(registration: Registration) -> bool:
    """Whether My registration leads to networking."""
    return registration.holds_a_place and is_open(registration.meeting)


@bp.get("/registrations/<token>/networking")
@with_participant
def index(registration: Registration, token: str) -> ResponseReturnValue:
    """Whose lines fit mine, mine, and who may find me."""
    at, is_over = now(), registration.meeting.has_ended(now())
    lines = lines_of(registration)
    kinds = {one.kind for one in lines}
    fits = {
        kind: (people_fitting(registration, lines, kind), fits_of(registration, lines, kind, most=A_FEW))
        for kind, own in ((NEED, OFFER), (OFFER, NEED))
        if own in kinds and not is_over
    }
    return render_template(
        "networking/index.html",
        registration=registration,
        meeting=registration.meeting,
        token=token,
        lines=lines,
        fits=fits,
        is_over=is_over,
        at=at,
        **met_of(registration, at),
        audience=audience_of(registration),
        audiences=dict(AUDIENCE_WORDS),
        blocked=blocked_by(registration),
    )


@bp.get("/registrations/<token>/networking/consent")
@with_participant
def consent(registration: Registration, token: str) -> ResponseReturnValue:
    """Who may find me."""
    return consent_page(registration, token, AudienceForm(None, audience=audience_of(registration)))


@bp.post("/registrations/<token>/networking/consent")
@with_participant
def choose(registration: Registration, token: str) -> ResponseReturnValue:
    form = AudienceForm(request.form)
    if not form.validate():
        return consent_page(registration, token, form), 422
    attempt(form, lambda: choose_audience(registration, form.audience.data, at=now()))
    if form.refused:
        return consent_page(registration, token, form), 409
    flash(_("Saved."), "ok")
    return redirect(url_for(".index", token=token), 303)


@bp.post("/registrations/<token>/networking/people/<int(max=999999999):number>/block")
@with_participant
def keep_away(registration: Registration, token: str, number: int) -> ResponseReturnValue:
    """Block somebody whom I may find, or who asked me; what is asked or agreed with them ends."""
    other = found_by(registration, number) or met_by(registration, number) or abort(404)
    with transaction():
        part_ways(registration, other, at=now())
    flash(_("You and %(name)s do not find each other any more. Nobody is told.", name=other.record_name), "ok")
    return redirect(url_for(".index", token=token), 303)


@bp.post("/registrations/<token>/networking/people/<int(max=999999999):number>/unblock")
@with_participant
def let_come(registration: Registration, token: str, number: int) -> ResponseReturnValue:
    """Take a block back."""
    other = next((one for one in blocked_by(registration) if one.number == number), None) or abort(404)
    if refusal := refusal_from(lambda: unblock(registration, other)):
        flash(refusal, "stop")
    return redirect(url_for(".index", token=token), 303)


def met_of(registration: Registration, at: datetime) -> dict[str, object]:
    """Requests that wait for me, what stands beside them by time, and what is over, the newest first."""
    found = bilaterals_of(registration)
    waiting = [one for one in found if one.waits_for(registration, at)]
    current = [one for one in found if one.stands(at) and one not in waiting]
    return {
        "waiting": sorted(waiting, key=lambda one: one.expires_at),
        "current": sorted(current, key=lambda one: one.slot.starts_at if one.slot else one.expires_at),
        "ended": [one for one in found if not one.stands(at)],
    }


def met_by(registration: Registration, number: int) -> Registration | None:
    """Somebody whom this participant asked or was asked by."""
    others = (one.other_than(registration) for one in bilaterals_of(registration))
    return next((one for one in others if one.number == number), None)


def consent_page(registration: Registration, token: str, form: AudienceForm) -> str:
    return render_template(
        "networking/consent.html", registration=registration, meeting=registration.meeting, token=token, form=form
    )
