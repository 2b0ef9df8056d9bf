"""What the worker does to a file that changes a meeting much: in short transactions, each of which leaves it right.

A meeting that is here cannot be hidden meanwhile. What a worker that died has changed stays: the next looks what is
still other than the file says, and goes on with that. So it does where somebody stopped it and sends the file again.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from eventapp.ground.jobs.leased import DONE, FAILED, LEASE, attempted, teller
from eventapp.ground.text.i18n import _
from eventapp.meetings.arriving.actions import Clock, Lease, end, ours
from eventapp.meetings.arriving.coming import Alter
from eventapp.meetings.arriving.queries import file_of
from eventapp.meetings.arriving.working import apart, in_short, keeping_faults, look

MOST = 100  # percent


def change(alter: Alter, lease: Lease, clock: Clock) -> Callable[[], None] | None:
    """Change the meeting. Return what is to be written where it was not all done."""
    if not lease.number:
        return None  # it was stopped, and leaves nothing to take out
    failed = partial(_failed, lease, clock)
    return attempted(f"Import {lease.import_id}", lease.language, lambda: all_of_it(alter, lease, clock), failed)


def all_of_it(alter: Alter, lease: Lease, clock: Clock) -> None:
    """Work out what is other than the file says, and write that, some acts in each transaction."""

    def hold() -> None:
        ours(lease).until = clock() + LEASE

    tell = teller(lambda share: ours(lease).go_on(share, clock()), clock)
    with keeping_faults(lease):
        row = look(lambda: apart(lease.import_id))
        number, many, groups = look(lambda: alter(file_of(lease.import_id), row, clock()))
        done = 0
        for acts in groups:
            for count in in_short(acts, hold):
                done += count
                tell(min(done, many) * (MOST - 1), many * MOST)
    for _count in in_short([partial(_finish, lease, number, clock())], hold):
        pass


def _finish(lease: Lease, meeting_id: int, at: datetime) -> None:
    row = ours(lease)
    row.made_id = meeting_id
    end(row, DONE, at=at)
    row.share = MOST


def _failed(lease: Lease, clock: Clock, state: str, sentence: str) -> None:
    row = ours(lease)
    goes_on = _("It could not be finished. What was changed by then stays; send the file again, and it goes on.")
    row.sentence = goes_on if state == FAILED else sentence
    end(row, state, at=clock())
