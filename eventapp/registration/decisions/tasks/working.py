"""What the worker does to a decision about many: in slices of some seconds, each made of short transactions.

Every transaction writes down whom it decided about, so what a dying worker began is gone on with, and nobody is decided
about twice. Who pressed must still have the right in each.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import partial
from time import perf_counter
from types import MappingProxyType

from flask_babel import force_locale

from eventapp.ground.clock import now
from eventapp.ground.db import lock
from eventapp.ground.db.apart import meanwhile
from eventapp.ground.jobs.leased import DONE, LEASE, REFUSED, attempted
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.meetings.rules import run_meeting
from eventapp.people.models import Person
from eventapp.registration.decisions.actions import approve, ask_for_letter, decline, put_on_waiting_list, undo
from eventapp.registration.decisions.many import AT_ONCE, Outcome, act_on_some
from eventapp.registration.decisions.queries import newest_decisions
from eventapp.registration.decisions.tasks.actions import Lease, end, fail, give_back, ours
from eventapp.registration.decisions.tasks.models import DECIDED, LEFT, DecisionLine, DecisionTask
from eventapp.registration.decisions.tasks.queries import next_lines
from eventapp.registration.models import Registration

SLICE = 2.0  # seconds: between two slices other letters are written
MOST = 100  # percent

Act = Callable[[Registration, DecisionLine, Mapping[str, str], Person, datetime], None]
ACTS: Mapping[str, Act] = MappingProxyType(
    {
        "approve": lambda one, _line, terms, by, at: approve(one, by=by, at=at, despite=terms.get("despite", "")),
        "wait": lambda one, _line, _terms, by, at: put_on_waiting_list(one, by=by, at=at),
        "refuse": lambda one, _line, terms, by, at: decline(one, terms.get("reason", ""), by=by, at=at),
        "ask": lambda one, _line, terms, by, at: ask_for_letter(
            one, terms.get("reason", ""), by=by, at=at, key=terms.get("key", "")
        ),
        "undo": lambda one, line, _terms, by, at: undo(
            one, by=by, at=at, seen=[line.decision] if line.decision else ()
        ),
    }
)
CHANGING = ("approve", "wait", "refuse")  # the state: one that is another by now was seen by nobody who pressed


def work(lease: Lease) -> Callable[[], None] | None:
    """Do a slice. Return what gives it back for the next one, or says that it failed."""
    goes_on = list[bool]()

    def slice_of_it() -> None:
        ends, more = perf_counter() + SLICE, True
        while more and perf_counter() < ends:
            more = meanwhile(partial(decide_some, lease, now()))
        goes_on.append(more)

    failed = attempted(
        f"Decision {lease.task_id}", lease.language, slice_of_it, lambda _state, _why: fail(ours(lease), at=now())
    )
    return failed or (partial(give_back, lease, now()) if any(goes_on) else None)


def decide_some(lease: Lease, at: datetime) -> bool:
    """Decide about the next ones, for as many as there is time for. Returns whether there may be more."""
    with force_locale(lease.language):
        return _some(ours(lease), at)


def _some(task: DecisionTask, at: datetime) -> bool:
    lock(task.meeting)
    sentence = why_not(task)
    if sentence:
        end(task, REFUSED, at=at, sentence=sentence)
        return False
    lines, count, outcome = {one.registration_id: one for one in next_lines(task, AT_ONCE)}, 0, Outcome()
    if lines:
        count = act_on_some(list(lines), lambda one: decide(task, lines[one.id], one, at), outcome)
        keep_decisions(task, lines.values(), outcome)
    task.past += count
    task.attempts, task.until = 0, at + LEASE  # something is done, so nobody dies of it
    task.share = MOST * task.past // max(task.many, 1)
    if count == len(lines) < AT_ONCE:
        end(task, DONE, at=at)
    return task.is_open


def why_not(task: DecisionTask) -> str:
    """Why no more may be decided; '' where it may. The meeting is held."""
    by = task.by
    if by is None or by.disabled_at is not None or not run_meeting(by, task.meeting):
        return _("Whoever asked for this may not decide any more, so the rest was left. What was decided stays.")
    if task.meeting.closed_at is not None:
        return _("The meeting was closed meanwhile, so the rest was left. What was decided stays.")
    return ""


def decide(task: DecisionTask, line: DecisionLine, one: Registration, at: datetime) -> None:
    """Do it about one, and write down what became of it. Refused as the act is, or where somebody was faster."""
    try:
        act_on(task, line, one, at)
    except Refused as refusal:
        line.outcome, line.sentence = LEFT, str(refusal)
        raise
    line.outcome = DECIDED


def keep_decisions(task: DecisionTask, lines: Iterable[DecisionLine], outcome: Outcome) -> None:
    """Keep with each whom it was done for which decision that was, to be taken back."""
    newest = newest_decisions(task.meeting, outcome.done) if task.act in CHANGING else {}
    for line in lines:
        line.decision = newest.get(line.registration.number, line.decision)


def act_on(task: DecisionTask, line: DecisionLine, one: Registration, at: datetime) -> None:
    """Do it about one, whose meeting is held. Refused where it is no decision of this task's that then stands."""
    by, version = task.by, one.version
    assert by is not None  # noqa: S101 -- see why_not
    if task.act in CHANGING and one.state != line.before:
        raise Refused(_("The state of %(name)s has changed meanwhile. Look again.", name=one.record_name))
    ACTS[task.act](one, line, task.terms, by, at)
    if task.act in CHANGING and one.version == version:
        raise Refused(_("This was decided about %(name)s before.", name=one.record_name))
