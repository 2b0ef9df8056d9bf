from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select

from eventapp.agenda.models import Session
from eventapp.agenda.queries import released
from eventapp.ground.db import db, lock
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.my_agenda.models import Star
from eventapp.my_agenda.queries import MAY_CHOOSE, stars_of
from eventapp.registration.models import Registration


def change_stars(registration: Registration, add: Collection[str], drop: Collection[str], *, at: datetime) -> set[str]:
    """Give sessions with these codes a star, and take it from those. Returns the codes of all that have one.

    What is not on the published agenda is passed over: it may have been, when the star was given; and nobody learns
    here what the draft has. Refused for who has no registration any more, and where the meeting is closed.
    """
    lock(registration)
    refuse_closed(registration, at)
    there, agenda = stars_of(registration), released(registration.meeting)
    public = agenda.by_code.keys() if agenda else set[str]()
    asked = {*(code for code in add if code in public), *drop}
    query = select(Session.code, Session.id).where(Session.meeting_id == registration.meeting_id)
    known = dict(db.session.execute(query.where(Session.code.in_(asked))).all())
    wanted = {code for code in add if code in known} - there
    gone = {known[code] for code in drop if code in known and code in there}
    db.session.add_all(Star(registration_id=registration.id, session_id=known[code], at=at) for code in sorted(wanted))
    db.session.flush()
    db.session.execute(delete(Star).where(Star.registration_id == registration.id, Star.session_id.in_(gone)))
    return (there | wanted) - {code for code in drop if code in known}


def refuse_closed(registration: Registration, at: datetime) -> None:
    """Refused where there is no registration that counts, or the meeting is over or closed."""
    meeting = registration.meeting
    if registration.state_now(at) not in MAY_CHOOSE:
        raise Refused(_("Sessions are chosen by people who are registered. Register first."))
    if meeting.closed_at or meeting.has_ended(at):
        raise Refused(_("This meeting is over, so nothing is chosen any more."))
