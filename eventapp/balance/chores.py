"""What time does to balances."""

from datetime import datetime

from eventapp.balance.actions import open_balance
from eventapp.balance.queries import next_to_count
from eventapp.due import Chore


def count_next(at: datetime) -> int:
    """Open the balance of the next meeting whose report is published. Returns how many meetings."""
    meeting = next_to_count()
    if meeting is None:
        return 0
    open_balance(meeting, by=None, at=at)
    return 1


CHORES = (Chore("count the balance", lambda _at: next_to_count() is not None, count_next),)
