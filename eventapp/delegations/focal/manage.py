"""Focal points as organizers have them: invited, written to again, ended."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.delegations.focal.actions import add_delegation, end_focal_point, invite_focal_point, send_new_link
from eventapp.delegations.focal.forms import DelegationForm, InviteForm
from eventapp.delegations.focal.queries import focal_point_of
from eventapp.delegations.manage import me, page_of, to
from eventapp.delegations.queries import delegation_of
from eventapp.ground.clock import now
from eventapp.ground.db import transaction
from eventapp.ground.text.i18n import _
from eventapp.ground.web.attempt import attempt
from eventapp.ground.web.forms import Form
from eventapp.meetings.access import with_meeting, with_row
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import run_meeting
from eventapp.registration.forms.organizations import KNOWN
from eventapp.registration.models import Delegation, DelegationFocalPoint

bp = Blueprint("focal_manage", __name__, url_prefix="/meetings/<slug>/manage/delegations")


@bp.get("/new")
@with_meeting(may=run_meeting)
def new(meeting: Meeting) -> ResponseReturnValue:
    """A delegation of which nobody has registered, and who is to nominate it."""
    return form_page(meeting, DelegationForm(None, meeting, language=meeting.written_in or "en"))


@bp.post("/new")
@with_meeting(may=run_meeting)
def create(meeting: Meeting) -> ResponseReturnValue:
    form = DelegationForm(request.form, meeting)
    if not form.validate():
        return form_page(meeting, form), 422

    def act() -> int:
        delegation = add_delegation(meeting, *form.represents)
        invite_focal_point(
            delegation, form.called.data, form.email.data, language=form.language.data, by=me(), at=now()
        )
        return delegation.id

    number = attempt(form, act)
    if number is None:
        return form_page(meeting, form), 409
    flash(_("%(name)s gets a letter with the link.", name=form.called.data), "ok")
    return redirect(url_for("delegations.show", slug=meeting.slug, number=number), 303)


@bp.post("/<int:number>/focal-points")
@with_row(delegation_of, may=run_meeting)
def invite(delegation: Delegation) -> ResponseReturnValue:
    form = InviteForm(request.form)
    if not form.validate():
        return page_of(delegation, inviting=form), 422
    facts = {"name": form.called.data, "email": form.email.data, "language": form.language.data}
    attempt(form, lambda: invite_focal_point(delegation, **facts, by=me(), at=now()))
    if form.refused:
        return page_of(delegation, inviting=form), 409
    flash(_("%(name)s gets a letter with the link.", name=form.called.data), "ok")
    return to(delegation)


@bp.post("/<int:number>/focal-points/<int(max=999999999):focal>/link")
@with_row(delegation_of, may=run_meeting)
def send_again(delegation: Delegation, focal: int) -> ResponseReturnValue:
    """A new link; the one of before ends."""
    one, form = of_number(delegation, focal), Form()
    attempt(form, lambda: send_new_link(one, by=me(), at=now()))
    if form.refused:
        raise form.refused
    flash(_("%(name)s gets a letter with the link.", name=one.name), "ok")
    return to(delegation)


@bp.post("/<int:number>/focal-points/<int(max=999999999):focal>/end")
@with_row(delegation_of, may=run_meeting)
def end(delegation: Delegation, focal: int) -> ResponseReturnValue:
    one = of_number(delegation, focal)
    with transaction():
        end_focal_point(one, by=me(), at=now())
    return to(delegation)


def of_number(delegation: Delegation, number: int) -> DelegationFocalPoint:
    return focal_point_of(delegation, number) or abort(404)


def form_page(meeting: Meeting, form: DelegationForm) -> str:
    return render_template("delegations/focal/new.html", meeting=meeting, form=form, organizations=KNOWN)
