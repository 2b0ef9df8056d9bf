from sqlalchemy import bindparam, exists

from eventapp.ground.db import db
from eventapp.meetings.models import Meeting
from eventapp.registration.models import WAITING, Registration
from eventapp.registration.queries import TAKEN

SOMEBODY_WAITS = exists().where(Registration.meeting_id == bindparam("meeting"), Registration.state == WAITING)
TAKEN_AND_LINE = TAKEN.add_columns(SOMEBODY_WAITS)


def taken_and_line(meeting: Meeting) -> tuple[int, bool]:
    """How many places are taken, and whether somebody waits for one; only true while the meeting is held."""
    taken, somebody_waits = db.session.execute(TAKEN_AND_LINE, {"meeting": meeting.id}).one()
    return taken, bool(somebody_waits)
