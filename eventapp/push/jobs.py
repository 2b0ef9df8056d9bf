"""What the worker does for notices: it sends them one by one, and forgets browsers once a meeting is over."""

from collections.abc import Callable

from eventapp.ground.jobs.scheduler import Job, LongJob
from eventapp.push.actions import Taken, forget_over, note, take
from eventapp.push.queries import is_due, meetings_over
from eventapp.push.sending import send


def work(taken: Taken) -> Callable[[], None]:
    """Send it, in no transaction. Returns what writes down what became of it."""
    outcome = send(taken.notice, at=taken.at)
    return lambda: note(taken, outcome)


JOBS = (Job("forget browsers", lambda at: bool(meetings_over(at)), lambda at: forget_over(at=at)),)
LONG_JOBS: tuple[LongJob[Taken], ...] = (LongJob("send notices", is_due, take, work),)
