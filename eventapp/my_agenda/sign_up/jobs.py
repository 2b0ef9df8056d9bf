"""What time does to sign-ups: places of people who do not come any more go to who stands in line. And what the worker
does for long lists of them.
"""

from eventapp.ground.db import db
from eventapp.ground.jobs.scheduler import Job
from eventapp.meetings.prepared.jobs import making
from eventapp.meetings.prepared.tables import making_of
from eventapp.my_agenda.queries import lines_to_move, without_place
from eventapp.my_agenda.sign_up.actions import leave_without_place, move_next_line
from eventapp.my_agenda.sign_up.exporting import SIGN_UPS, read_sign_ups

JOBS = (
    Job(
        "end sign-ups without a place at the meeting",
        lambda at: db.session.scalar(without_place(at).limit(1)) is not None,
        lambda at: leave_without_place(at=at),
    ),
    Job(
        "move lines of sessions",
        lambda at: db.session.scalar(lines_to_move(at).limit(1)) is not None,
        lambda at: move_next_line(at=at),
    ),
)
LONG_JOBS = (making("write lists of who signed up", SIGN_UPS, making_of(read_sign_ups)),)
