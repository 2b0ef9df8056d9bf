"""What time does to balances."""

from datetime import datetime

from eventapp.balance.actions import keep_gender_count, open_to_the_world, take_all_off
from eventapp.balance.queries import is_anybody_unknown, next_to_count, next_to_forget, next_to_keep, unknown_people
from eventapp.ground.db import db
from eventapp.ground.jobs.scheduler import Job, LongJob
from eventapp.meetings.models import Meeting

AT_ONCE = 100


def take_next(at: datetime) -> tuple[int, datetime] | None:
    """The number of the next meeting to be counted and this moment; None where another worker was faster."""
    meeting = next_to_count()
    return (meeting.id, at) if meeting else None


def count_next(taken: tuple[int, datetime]) -> None:
    """Open the balance of this meeting."""
    number, at = taken
    open_to_the_world(db.session.get_one(Meeting, number), by=None, clock=lambda: at)


def forget_next(at: datetime) -> int:
    """Remove the list of nominees of the next meeting that is long over. Returns how many lists."""
    meeting = next_to_forget(at)
    if meeting is None:
        return 0
    take_all_off(meeting, by=None, at=at)
    return 1


def keep_next(at: datetime) -> int:
    """Count women and men of the next meeting for good, before gender goes. Returns of how many meetings."""
    meeting = next_to_keep(at)
    if meeting is None:
        return 0
    keep_gender_count(meeting, at=at)
    return 1


def know_next(_at: datetime) -> int:
    """Give their key to the next whom a machine of the release before wrote down. Returns how many."""
    rows = unknown_people(AT_ONCE)
    for one in rows:
        one.know_by_name()
    return len(rows)


JOBS = (
    Job("know nominees", lambda _at: is_anybody_unknown(), know_next),
    Job("keep the count of women and men", lambda at: next_to_keep(at) is not None, keep_next),
    Job("forget nominees", lambda at: next_to_forget(at) is not None, forget_next),
)
LONG_JOBS: tuple[LongJob[tuple[int, datetime]], ...] = (
    LongJob("count the balance", lambda _at: next_to_count() is not None, take_next, count_next, is_heavy=True),
)
