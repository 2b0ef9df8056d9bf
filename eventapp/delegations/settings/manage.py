"""The deadlines of delegations, as organizers set them."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.delegations.focal.manage import bp
from eventapp.delegations.manage import me
from eventapp.delegations.settings.actions import set_rules
from eventapp.delegations.settings.forms import RulesForm
from eventapp.ground.clock import now
from eventapp.ground.db import lock
from eventapp.ground.text.i18n import _
from eventapp.ground.web.attempt import attempt
from eventapp.ground.web.editing.both_versions import refuse_older, show_both
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import run_meeting
from eventapp.registration.nominated.queries import rules_for


@bp.get("/settings")
@with_meeting(may=run_meeting)
def rules(meeting: Meeting) -> ResponseReturnValue:
    """Until when, and who waits."""
    return page_of(meeting, RulesForm.of(rules_for(meeting), meeting.tz))


@bp.post("/settings")
@with_meeting(may=run_meeting)
def update_rules(meeting: Meeting) -> ResponseReturnValue:
    form = RulesForm(request.form, meeting.tz)
    if not form.validate():
        return page_of(meeting, form), 422

    def save() -> None:
        lock(meeting)
        refuse_older(form, RulesForm.of(rules_for(meeting), meeting.tz))
        set_rules(meeting, form.rules(), by=me(), at=now())

    attempt(form, save)
    if form.refused:
        show_both(form, RulesForm.of(rules_for(meeting), meeting.tz))
        return page_of(meeting, form), 409
    flash(_("Saved."), "ok")
    return redirect(url_for("delegations.index", slug=meeting.slug), 303)


def page_of(meeting: Meeting, form: RulesForm) -> str:
    return render_template("delegations/settings.html", meeting=meeting, form=form)
