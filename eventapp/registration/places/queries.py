from sqlalchemy import bindparam, exists

from eventapp.ground.db import db
from eventapp.meetings.models import Meeting
from eventapp.registration.models import WAITING, Registration
from eventapp.registration.queries import TAKEN

SOMEBODY_WAITS = exists().where(Registration.meeting_id == bindparam("meeting"), Registration.state == WAITING)
TAKEN_AND_LINE = TAKEN.add_columns(SOMEBODY_WAITS)


def has_place_for_line(meeting: Meeting) -> bool:
    """Whether a place is free and somebody waits for one; only true while the meeting is held."""
    taken, somebody_waits = db.session.execute(TAKEN_AND_LINE, {"meeting": meeting.id}).one()
    return bool(somebody_waits) and taken < meeting.capacity
