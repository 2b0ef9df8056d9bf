"""What a meeting says about accompanying persons."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.ground.clock import now
from eventapp.ground.text.i18n import _
from eventapp.ground.web.attempt import attempt
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import run_meeting
from eventapp.registration.accompanying.actions import set_rules
from eventapp.registration.accompanying.forms import RulesForm
from eventapp.registration.accompanying.queries import rules_of
from eventapp.registration.manage import me

bp = Blueprint("accompanying", __name__, url_prefix="/meetings/<slug>/manage/accompanying")


@bp.get("")
@with_meeting(may=run_meeting)
def edit(meeting: Meeting) -> ResponseReturnValue:
    """As what they come, and how many."""
    rules = rules_of(meeting)
    values = {"kind": rules.category.code, "most": rules.most} if rules else {}
    return page_of(meeting, RulesForm(None, meeting, **values))


@bp.post("")
@with_meeting(may=run_meeting)
def update(meeting: Meeting) -> ResponseReturnValue:
    form = RulesForm(request.form, meeting)
    if not form.validate():
        return page_of(meeting, form), 422
    attempt(form, lambda: set_rules(meeting, form.kind.data or "", int(form.most.data or 0), by=me(), at=now()))
    if form.refused:
        return page_of(meeting, form), 409
    flash(_("Saved."), "ok")
    return redirect(url_for(".edit", slug=meeting.slug), 303)


def page_of(meeting: Meeting, form: RulesForm) -> str:
    return render_template("registration/accompanying/rules.html", meeting=meeting, form=form)
