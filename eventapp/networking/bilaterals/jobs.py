"""What time does to bilateral meetings: requests lapse, and who does not come meets nobody."""

from eventapp.ground.db import db
from eventapp.ground.jobs.scheduler import Job
from eventapp.networking.bilaterals.actions import end_without_place, lapse_next
from eventapp.networking.bilaterals.overlapping import compare_next
from eventapp.networking.bilaterals.queries import lapsed_at, to_compare, without_place

JOBS = (
    Job(
        "end requests that nobody answered",
        lambda at: db.session.scalar(lapsed_at(at).limit(1)) is not None,
        lambda at: lapse_next(at=at),
    ),
    Job(
        "tell of sessions over agreed meetings",
        lambda _at: db.session.scalar(to_compare().limit(1)) is not None,
        lambda at: compare_next(at=at),
    ),
    Job(
        "call off meetings of who does not come",
        lambda at: db.session.scalar(without_place(at).limit(1)) is not None,
        lambda at: end_without_place(at=at),
    ),
)
