"""An administrator confirms an organization that organizers proposed, or drops it, and takes that back."""

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.delegations.register.actions import accept, refuse, reopen
from eventapp.delegations.register.manage import bp, with_organization
from eventapp.ground.clock import now
from eventapp.ground.text.i18n import _
from eventapp.ground.web.attempt import refusal_from
from eventapp.organizations.models import PROPOSED, Organization
from eventapp.people.access import with_person
from eventapp.people.models import Person
from eventapp.people.rules import administer


@bp.post("/<int:organization>/proposal")
@with_organization
def settle(person: Person, organization: Organization) -> ResponseReturnValue:
    """Confirm what organizers proposed, or drop it."""
    act, name = request.form.get("do", ""), organization.name
    if act == "confirm":
        refusal = refusal_from(lambda: accept(organization, by=person, at=now()))
        done = _("%(name)s counts in every meeting.", name=name)
    elif act == "drop":
        refusal = refusal_from(lambda: refuse(organization, by=person, at=now()))
        done = _("%(name)s was dropped. Names that it was found for wait again.", name=name)
    else:
        abort(400)
    flash(refusal or done, "wait" if refusal else "ok")
    return redirect(url_for(".index", kind=PROPOSED, done=None if refusal else organization.id), 303)


@bp.post("/<int:organization>/proposal/undo")
@with_person(may=administer)
def again(person: Person, organization: int) -> ResponseReturnValue:
    """Let a proposal wait again."""
    refusal = refusal_from(lambda: reopen(organization, by=person, at=now()))
    flash(refusal or _("It waits again."), "wait" if refusal else "ok")
    return redirect(url_for(".index", kind=PROPOSED), 303)
