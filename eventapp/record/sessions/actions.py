"""The record of a session, made when it is first needed."""

from eventapp.agenda.models import Session
from eventapp.ground.db import db
from eventapp.record.sessions.models import SessionRecord
from eventapp.record.sessions.queries import record_of


def opened(session: Session) -> SessionRecord:
    """The record of this locked session, made where there was none."""
    state = record_of(session)
    if state is None:
        state = SessionRecord(session=session, summary_head=0)
        db.session.add(state)
        db.session.flush()
    return state
