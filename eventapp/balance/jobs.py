"""What time does to balances."""

from datetime import datetime

from eventapp.balance.actions import open_balance, take_all_off
from eventapp.balance.queries import is_anybody_unknown, next_to_count, next_to_forget, unknown_people
from eventapp.ground.jobs.scheduler import Job

AT_ONCE = 100


def count_next(at: datetime) -> int:
    """Open the balance of the next meeting whose report is published. Returns how many meetings."""
    meeting = next_to_count()
    if meeting is None:
        return 0
    open_balance(meeting, by=None, at=at)
    return 1


def forget_next(at: datetime) -> int:
    """Remove the list of nominees of the next meeting that is long over. Returns how many lists."""
    meeting = next_to_forget(at)
    if meeting is None:
        return 0
    take_all_off(meeting, by=None, at=at)
    return 1


def know_next(_at: datetime) -> int:
    """Give their key to the next whom a machine of the release before wrote down. Returns how many."""
    rows = unknown_people(AT_ONCE)
    for one in rows:
        one.know_by_name()
    return len(rows)


JOBS = (
    Job("know nominees", lambda _at: is_anybody_unknown(), know_next),
    Job("count the balance", lambda _at: next_to_count() is not None, count_next),
    Job("forget nominees", lambda at: next_to_forget(at) is not None, forget_next),
)
