"""Names of a meeting that wait for its organizers: one of the register, a proposed one, or left as typed."""

from collections.abc import Callable

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.delegations.manage import bp
from eventapp.delegations.names.actions import leave_for, propose_for, take_for, wait_again
from eventapp.delegations.names.forms import ProposeForm, TakeForm
from eventapp.delegations.names.guesses import guesses
from eventapp.delegations.names.queries import settled, waiting
from eventapp.delegations.queries import delegation_of
from eventapp.ground.clock import now
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.ground.text.policy import figure
from eventapp.ground.web.attempt import attempt, refusal_from
from eventapp.ground.web.forms import Form
from eventapp.meetings.access import with_meeting, with_row
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import run_meeting
from eventapp.organizations.models import Organization
from eventapp.organizations.queries import organization_called
from eventapp.people.current import current_person
from eventapp.people.models import Person
from eventapp.registration.models import Delegation


@bp.get("/names")
@with_meeting(may=run_meeting)
def names(meeting: Meeting) -> ResponseReturnValue:
    """Names of this meeting that are none of the register."""
    listing = waiting(meeting, request.args.get("page"))
    done = delegation_of(meeting, figure(request.args.get("done")))
    return render_template("delegations/names/index.html", meeting=meeting, listing=listing, done=done)


@bp.get("/<int:number>/organization")
@with_row(delegation_of, may=run_meeting)
def name(delegation: Delegation) -> ResponseReturnValue:
    """One of them: what it likely means, and what may be made of it."""
    return redirect(there(delegation), 303) if is_settled(delegation) else page_of(delegation)


@bp.post("/<int:number>/organization")
@with_row(delegation_of, may=run_meeting)
def settle_name(delegation: Delegation) -> ResponseReturnValue:
    """What becomes of the name in this meeting."""
    act = request.form.get("do", "")
    taking, proposing = TakeForm(request.form), ProposeForm(request.form)
    acts: dict[str, tuple[Form, Callable[[], object]]] = {
        "take": (taking, lambda: take_for(delegation, known(taking.into.data, delegation), by=me(), at=now())),
        "propose": (proposing, lambda: propose_for(delegation, proposing.facts(), by=me(), at=now())),
        "leave": (Form(), lambda: leave_for(delegation, by=me(), at=now())),
    }
    form, do = acts[act] if act in acts else abort(400)
    sent: dict[str, Form] = {act + "_form": form}
    if not form.validate():
        return page_of(delegation, **sent), 422
    attempt(form, do)
    if form.refused:
        return page_of(delegation, **sent), 409
    flash(outcome(delegation), "ok")
    return redirect(url_for(".names", slug=delegation.meeting.slug, done=delegation.id), 303)


@bp.post("/<int:number>/organization/undo")
@with_row(delegation_of, may=run_meeting)
def open_name(delegation: Delegation) -> ResponseReturnValue:
    """Let the name wait again."""
    refusal = refusal_from(lambda: wait_again(delegation, by=me(), at=now()))
    flash(refusal or _("“%(name)s” waits again.", name=delegation.name), "wait" if refusal else "ok")
    return redirect(url_for(".name", slug=delegation.meeting.slug, number=delegation.id), 303)


def outcome(delegation: Delegation) -> str:
    """What was made of the name, as a sentence."""
    found = settled(delegation)
    if found is None:
        return _("“%(name)s” stays as it was typed.", name=delegation.name)
    if found.is_proposed:
        return _("%(name)s is proposed, and counts in this meeting.", name=found.name)
    return _("“%(name)s” is %(organization)s in this meeting.", name=delegation.name, organization=found.name)


def is_settled(delegation: Delegation) -> bool:
    return bool(delegation.is_state or delegation.organization_id or delegation.stays_as_typed)


def known(typed: str, delegation: Delegation) -> Organization:
    """The organization of this name. Refused where this meeting knows none."""
    found = organization_called(typed, delegation.meeting_id)
    if found is None:
        raise Refused(_("No organization of the register has this name."))
    return found


def page_of(delegation: Delegation, **sent: Form) -> str:
    """The page of a name; the form that was sent stands on it as it was typed."""
    forms: dict[str, Form] = {
        "take_form": TakeForm(),
        "propose_form": ProposeForm(None, name=delegation.name, kind="other"),
        "leave_form": Form(),
    }
    return render_template(
        "delegations/names/show.html",
        meeting=delegation.meeting,
        delegation=delegation,
        guesses=guesses(delegation.name, delegation.meeting_id),
        sent=set(sent),
        **{**forms, **sent},
    )


def there(delegation: Delegation) -> str:
    return url_for("delegations.show", slug=delegation.meeting.slug, number=delegation.id)


def me() -> Person:
    return current_person() or abort(404)
