"""The deadlines of delegations, as organizers set them."""

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.delegations.focal.manage import bp
from eventapp.delegations.manage import me
from eventapp.delegations.settings.actions import set_rules
from eventapp.delegations.settings.forms import RulesForm
from eventapp.ground.clock import now
from eventapp.ground.text.i18n import _
from eventapp.ground.web.editing.edited import edited
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

    def save() -> None:
        set_rules(meeting, form.rules(), by=me(), at=now())
        flash(_("Saved."), "ok")

    return edited(
        form,
        lambda: RulesForm.of(rules_for(meeting), meeting.tz),
        save,
        lambda: page_of(meeting, form),
        url_for("delegations.index", slug=meeting.slug),
        held=meeting,
    )


def page_of(meeting: Meeting, form: RulesForm) -> str:
    return render_template("delegations/settings.html", meeting=meeting, form=form)
