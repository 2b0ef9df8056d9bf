"""The buttons that say when a session really begins and ends."""

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.agenda.models import Session
from eventapp.floor.access import with_floor
from eventapp.floor.actual.actions import begin_session, end_session, reopen_session
from eventapp.floor.models import ActualTimes
from eventapp.ground.clock import now
from eventapp.ground.db import db, transaction
from eventapp.people.current import current_person

bp = Blueprint("actual", __name__, url_prefix="/meetings/<slug>/record/<code>/times")

ACTS = {"begin": begin_session, "end": end_session, "back": reopen_session}


@bp.app_template_global("actual_times")
def actual_times(session: Session) -> ActualTimes | None:
    """When this session really began and ended; None where it has not begun."""
    return db.session.get(ActualTimes, session.id)


@bp.post("")
@with_floor
def create(session: Session) -> ResponseReturnValue:
    """It begins, it is over, or the last of the two was a mistake."""
    act = ACTS.get(request.form.get("act", "")) or abort(400)
    with transaction():
        act(session, by=current_person(), at=now())
    back = "late.show" if request.form.get("back") == "late" else "floor.show"
    return redirect(url_for(back, slug=session.meeting.slug, code=session.code), 303)
