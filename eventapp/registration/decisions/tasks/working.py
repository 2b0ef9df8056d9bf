"""What the worker does to a decision about many: in slices of some seconds, each made of short transactions.

Every transaction writes down whom it decided about, so what a dying worker began is gone on with, and nobody is decided
about twice. Who pressed must still have the right in each.
"""

from collections.abc import Callable, Iterable
from datetime import datetime

from eventapp.ground.clock import now
from eventapp.ground.db import lock
from eventapp.ground.jobs.leased import LEASE
from eventapp.ground.jobs.sliced import end
from eventapp.ground.jobs.slices import SLICE, Lease, holding, in_slice
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.meetings.rules import run_meeting
from eventapp.registration.decisions.acts import ACTS, Terms
from eventapp.registration.decisions.many import AT_ONCE, Outcome, act_on_some
from eventapp.registration.decisions.queries import newest_decisions
from eventapp.registration.decisions.tasks.models import DECIDED, DONE, LEFT, REFUSED, DecisionLine, DecisionTask
from eventapp.registration.decisions.tasks.queries import next_lines
from eventapp.registration.models import Registration

CHANGING = ("approve", "wait", "refuse")  # the state: one that is another by now was seen by nobody who pressed


def work(lease: Lease[DecisionTask]) -> Callable[[], None] | None:
    """Do a slice. Return what gives it back for the next one, or says that it failed."""
    return in_slice(lease, decide_step, SLICE, now)


def decide_step(lease: Lease[DecisionTask]) -> bool:
    """Decide about the next ones in one transaction. Returns whether there may be more."""
    at = now()
    return holding(lease, lambda task: decide_some(task, at), first=hold_meeting)


def hold_meeting(task: DecisionTask) -> None:
    """Lock the meeting, whose places are counted."""
    lock(task.meeting)


def decide_some(task: DecisionTask, at: datetime) -> bool:
    """Decide about the next ones, for as many as there is time for. Returns whether there may be more."""
    sentence = why_not(task)
    if sentence:
        end(task, REFUSED, at=at)
        task.sentence = sentence
        return False
    lines, count, outcome = {one.registration_id: one for one in next_lines(task, AT_ONCE)}, 0, Outcome()
    if lines:
        count = act_on_some(list(lines), lambda one: decide(task, lines[one.id], one, at), outcome)
        keep_decisions(task, lines.values(), outcome)
    task.past, task.until = task.past + count, at + LEASE
    if count == len(lines) < AT_ONCE:
        end(task, DONE, at=at)
    return task.is_at_work


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
    seen = (line.decision,) if line.decision else ()
    ACTS[task.act](one, Terms(**task.terms, seen=seen), by, at)
    if task.act in CHANGING and one.version == version:
        raise Refused(_("This was decided about %(name)s before.", name=one.record_name))
