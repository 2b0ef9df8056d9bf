"""What time does to sign-ups: places of people who do not come any more go to who stands in line."""

from eventapp.ground.db import db
from eventapp.ground.jobs.scheduler import Job
from eventapp.my_agenda.queries import lines_to_move, without_place
from eventapp.my_agenda.sign_up.actions import leave_without_place, move_next_line

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
