"""Asking the worker for a decision about many, stopping it, and what the worker does with its row."""

import json
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from flask_babel import force_locale
from sqlalchemy import Select, delete, func, insert, literal, select, update

from eventapp.ground.db import db, lock
from eventapp.ground.jobs.leased import FAILED, STOPPED, WAITING, WORKING, Lost
from eventapp.ground.jobs.waking import wake
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _, language
from eventapp.history.actions import record
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person
from eventapp.registration.decisions.tasks.models import DECIDED, TO_DO, DecisionLine, DecisionTask
from eventapp.registration.decisions.tasks.queries import due, old_tasks, open_task, tallies, undoing
from eventapp.registration.models import Decision, Registration

A_PIECE = 5000  # registrations that one statement names
AT_ONCE = 1000  # lines deleted in one transaction
CAN_UNDO = ("approve", "refuse", "wait")


@dataclass(frozen=True)
class Lease:
    """A decision about many that this worker has for a slice."""

    task_id: int
    turn: int
    language: str


def ask(
    meeting: Meeting,
    act: str,
    ids: Sequence[int],
    *,
    by: Person,
    at: datetime,
    terms: Mapping[str, str] | None = None,
    seen: Collection[int] = (),
) -> DecisionTask:
    """Ask the worker to do this about the registrations with these row numbers, in this order, and return the task.

    Pressed twice it is one, as long as it is not over. An undo takes back the decisions that were `seen`.
    """
    mark = mark_of(act, ids, terms or {}, seen)
    with db.session.begin_nested() as written:  # first: the meeting is held for a look, however many they are
        task = new_task(meeting, act, mark, by=by, at=at, terms=dict(terms or {}), many=len(ids))
        for start in range(0, len(ids), A_PIECE):
            some = Registration.id.in_(ids[start : start + A_PIECE])
            decision = seen_of(seen).scalar_subquery() if seen else literal(0)
            add_lines(task, select(Registration.id, Registration.state, decision).where(some).order_by(Registration.id))
        lock(meeting)
        before = open_task(meeting, mark, but=task)
        if before:
            written.rollback()
    return before or task


def seen_of(seen: Collection[int]) -> Select[int]:
    """Ask for the newest of these decisions about a registration; one that there is not where it has none of them."""
    query = select(func.coalesce(func.max(Decision.id), -1)).where(Decision.id.in_(seen))
    return query.where(Decision.registration_id == Registration.id).correlate(Registration)


def ask_to_undo(task: DecisionTask, *, by: Person, at: datetime) -> DecisionTask:
    """Ask the worker to take back all that it decided, and return what does. Pressed twice it is one.

    Refused as long as it is not over, and where it decided nothing that can be taken back.
    """
    lock(task)
    again = undoing(task)
    if again:
        return again
    decided = tallies([task])[task.id][DECIDED]
    if task.is_open or task.act not in CAN_UNDO or not decided:
        raise Refused(_("There is no decision to undo. Decide anew."))
    undo = new_task(
        task.meeting, "undo", mark_of("undo", [task.id], {}, ()), by=by, at=at, undoes_id=task.id, many=decided
    )
    lines = select(DecisionLine.registration_id, Registration.state, DecisionLine.decision).join(
        Registration, Registration.id == DecisionLine.registration_id
    )
    theirs = (DecisionLine.task_id == task.id, DecisionLine.outcome == DECIDED)
    add_lines(undo, lines.where(*theirs).order_by(DecisionLine.id))
    return undo


def new_task(meeting: Meeting, act: str, mark: str, *, by: Person, at: datetime, **facts: object) -> DecisionTask:
    """A row that waits for a worker, and has no lines yet."""
    task = DecisionTask(meeting_id=meeting.id, act=act, mark=mark, by_id=by.id, at=at, state=WAITING, **facts)
    task.language = language()
    db.session.add(task)
    db.session.flush()
    wake()
    return task


def add_lines(task: DecisionTask, found: Select[int, str, int]) -> None:
    """Put these registrations on it: number, state now, decision."""
    fixed = found.add_columns(literal(task.id), literal(TO_DO), literal(""))
    columns = ["registration_id", "before", "decision", "task_id", "outcome", "sentence"]
    db.session.execute(insert(DecisionLine).from_select(columns, fixed))


def mark_of(act: str, ids: Sequence[int], terms: Mapping[str, str], seen: Collection[int]) -> str:
    """The mark of what is asked for: the same for the same, however often its form was drawn."""
    words = {name: value for name, value in terms.items() if name != "key"}
    return sha256(json.dumps([act, words, list(ids), sorted(seen)], sort_keys=True).encode()).hexdigest()


def stop(task: DecisionTask, *, by: Person, at: datetime) -> None:
    """Stop what is still to be done. What was decided stays."""
    lock(task)
    if task.is_open:
        end(task, STOPPED, at=at)
        decided = tallies([task])[task.id][DECIDED]
        record("stopped a decision about many", task.meeting, by=by, at=at, act=task.act, done=decided, all=task.many)


def take(at: datetime) -> Lease | None:
    """Take the next one. None where there is none; one that several workers died of has failed."""
    task = db.session.scalar(due(at).with_for_update(skip_locked=True))
    if task is None:
        return None
    share = task.share
    if not task.begin(at):
        fail(task, at=at)
        return None
    task.share, task.turn = share, task.turn + 1
    return Lease(task.id, task.turn, task.language)


def ours(lease: Lease) -> DecisionTask:
    """The row, held. Raises Lost where another worker has it, or somebody stopped it."""
    found = {"of": DecisionTask}
    task = db.session.get(DecisionTask, lease.task_id, populate_existing=True, with_for_update=found)
    if task is None or (task.state, task.turn) != (WORKING, lease.turn):
        raise Lost
    return task


def give_back(lease: Lease, at: datetime) -> None:
    """Let the next slice begin, once others had their turn. Stopped meanwhile, it stays so."""
    with suppress(Lost):
        task = ours(lease)
        task.state, task.until = WAITING, at


def end(task: DecisionTask, state: str, *, at: datetime, sentence: str = "") -> None:
    """It is over."""
    task.state, task.until, task.ended_at, task.sentence = state, None, at, sentence


def fail(task: DecisionTask, *, at: datetime) -> None:
    """It cannot be finished, for no reason that an organizer could put right."""
    with force_locale(task.language):
        sentence = _(
            "It could not be finished. What was done until then stays. Try again, or tell who runs the server."
        )
    end(task, FAILED, at=at, sentence=sentence)


def forget_next(at: datetime) -> int:
    """Delete the next lines of one that was over long ago, or the row once it has none. Returns how many."""
    number = db.session.scalar(old_tasks(at).limit(1))
    if number is None:
        return 0
    lines = db.session.scalars(select(DecisionLine.id).where(DecisionLine.task_id == number).limit(AT_ONCE)).all()
    db.session.execute(delete(DecisionLine).where(DecisionLine.id.in_(lines)))
    if not lines:
        db.session.execute(update(DecisionTask).where(DecisionTask.undoes_id == number).values(undoes_id=None))
        db.session.execute(delete(DecisionTask).where(DecisionTask.id == number))
    return len(lines) or 1
