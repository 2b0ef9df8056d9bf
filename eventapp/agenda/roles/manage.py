"""An organizer notes that somebody called off: what that does is shown first, and the person is thanked."""

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.agenda.manage import role_of, session_of
from eventapp.agenda.models import DECLINED, SpeakingRole
from eventapp.agenda.roles.actions import call_off
from eventapp.ground.clock import now
from eventapp.ground.text.i18n import _l
from eventapp.ground.web.attempt import answered
from eventapp.ground.web.forms import Form, Line
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import run_meeting
from eventapp.people.current import current_person

bp = Blueprint(
    "agenda_parts", __name__, url_prefix="/meetings/<slug>/manage/agenda/sessions/<code>/roles/<int:number>/calling-off"
)


class CalledOffForm(Form):
    """Why somebody does not take their part."""

    reason = Line(_l("Reason"), most=500)


@bp.get("")
@with_meeting(may=run_meeting)
def show(meeting: Meeting, code: str, number: int) -> ResponseReturnValue:
    """What it does to note that this person called off."""
    return page(meeting, role_here(meeting, code, number), CalledOffForm())


@bp.post("")
@with_meeting(may=run_meeting)
def create(meeting: Meeting, code: str, number: int) -> ResponseReturnValue:
    """Note it, and thank the person."""
    role, form = role_of(session_of(meeting, code), number), CalledOffForm(request.form)

    def save() -> None:
        call_off(role, by=current_person(), at=now(), reason=form.reason.data or "")

    def again(status: int) -> ResponseReturnValue:
        return page(meeting, role, form), status

    return answered(form, save, again, url_for("agenda_manage.edit", slug=meeting.slug, code=code, _anchor="people"))


def role_here(meeting: Meeting, code: str, number: int) -> SpeakingRole:
    role = role_of(session_of(meeting, code), number)
    return role if role.state != DECLINED else abort(404)


def page(meeting: Meeting, role: SpeakingRole, form: CalledOffForm) -> str:
    return render_template("agenda/called_off.html", meeting=meeting, role=role, session=role.session, form=form)
