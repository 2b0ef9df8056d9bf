"""An organizer cancels a session: what that does and who hears of it is shown first, and a reason may be given."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.agenda.manage import session_of
from eventapp.agenda.models import Session
from eventapp.agenda.queries import parts_in
from eventapp.agenda.sessions.actions import cancel_session
from eventapp.ground.clock import now
from eventapp.ground.text.i18n import _l
from eventapp.ground.web.attempt import answered
from eventapp.ground.web.forms import Form, Line
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import run_meeting
from eventapp.people.current import current_person

bp = Blueprint("agenda_cancelling", __name__, url_prefix="/meetings/<slug>/manage/agenda/sessions/<code>/cancellation")


class CancelForm(Form):
    """Why a session does not take place."""

    reason = Line(_l("Reason"), most=500)


@bp.get("")
@with_meeting(may=run_meeting)
def show(meeting: Meeting, code: str) -> ResponseReturnValue:
    """What cancelling this session does, and whom it concerns."""
    session = session_of(meeting, code)
    if session.is_off:
        return redirect(url_for("agenda_manage.edit", slug=meeting.slug, code=code), 303)
    return page(meeting, session, CancelForm())


@bp.post("")
@with_meeting(may=run_meeting)
def create(meeting: Meeting, code: str) -> ResponseReturnValue:
    """Cancel it."""
    session, form = session_of(meeting, code), CancelForm(request.form)

    def save() -> None:
        cancel_session(session, by=current_person(), at=now(), reason=form.reason.data or "")

    def again(status: int) -> ResponseReturnValue:
        return page(meeting, session, form), status

    return answered(form, save, again, url_for("agenda_manage.edit", slug=meeting.slug, code=code))


def page(meeting: Meeting, session: Session, form: CancelForm) -> str:
    people = [one for one in parts_in(session) if one.holds]
    return render_template("agenda/cancel.html", meeting=meeting, session=session, form=form, people=people)
