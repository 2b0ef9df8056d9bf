"""Asking the worker for a decision about many, stopping it, going on with it, and what time does to it."""

import json
from collections.abc import Collection, Sequence
from datetime import datetime
from hashlib import sha256

from sqlalchemy import Select, delete, func, insert, literal, select, update

from eventapp.ground.db import db, lock
from eventapp.ground.jobs import sliced
from eventapp.ground.jobs.sliced import hand_over
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _, language
from eventapp.history.actions import record
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person
from eventapp.registration.decisions.acts import Terms
from eventapp.registration.decisions.tasks.models import DECIDED, DECIDING, TO_DO, DecisionLine, DecisionTask
from eventapp.registration.decisions.tasks.queries import old_tasks, open_task, tallies, undoing
from eventapp.registration.models import Decision, Registration

A_PIECE = 5000  # registrations that one statement names
AT_ONCE = 1000  # lines deleted in one transaction
CAN_UNDO = ("approve", "refuse", "wait")
NOTHING = Terms()


def ask(
    meeting: Meeting,
    act: str,
    ids: Sequence[int],
    *,
    by: Person,
    at: datetime,
    terms: Terms = NOTHING,
) -> DecisionTask:
    """Ask the worker to do this about the registrations with these row numbers, in this order, and return the task.

    Pressed twice it is one, as long as it is not over. An undo takes back the decisions that were seen.
    """
    seen = sorted(terms.seen) if act == "undo" else []
    mark = mark_of(act, ids, terms, seen)
    with db.session.begin_nested() as written:  # first: the meeting is held for a look, however many they are
        task = new_task(meeting, act, mark, by=by, at=at, terms=terms.written, many=len(ids))
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
    if task.is_at_work or task.act not in CAN_UNDO or not decided:
        raise Refused(_("There is no decision to undo. Decide anew."))
    undo = new_task(
        task.meeting, "undo", mark_of("undo", [task.id], NOTHING, ()), by=by, at=at, undoes_id=task.id, many=decided
    )
    lines = select(DecisionLine.registration_id, Registration.state, DecisionLine.decision).join(
        Registration, Registration.id == DecisionLine.registration_id
    )
    theirs = (DecisionLine.task_id == task.id, DecisionLine.outcome == DECIDED)
    add_lines(undo, lines.where(*theirs).order_by(DecisionLine.id))
    return undo


def new_task(meeting: Meeting, act: str, mark: str, *, by: Person, at: datetime, **facts: object) -> DecisionTask:
    """A row that waits for a worker, and has no lines yet."""
    task = DecisionTask(meeting_id=meeting.id, act=act, mark=mark, by_id=by.id, at=at, **facts)
    task.state, task.language, task.until, task.ended_at = DECIDING, language(), None, None
    db.session.add(task)
    db.session.flush()
    hand_over(task, DECIDING)
    return task


def add_lines(task: DecisionTask, found: Select[int, str, int]) -> None:
    """Put these registrations on it: number, state now, decision."""
    fixed = found.add_columns(literal(task.id), literal(TO_DO), literal(""))
    columns = ["registration_id", "before", "decision", "task_id", "outcome", "sentence"]
    db.session.execute(insert(DecisionLine).from_select(columns, fixed))


def mark_of(act: str, ids: Sequence[int], terms: Terms, seen: Sequence[int]) -> str:
    """The mark of what is asked for: the same for the same, however often its form was drawn."""
    return sha256(json.dumps([act, terms.reason, terms.despite, list(ids), list(seen)]).encode()).hexdigest()


def stop(task: DecisionTask, *, by: Person, at: datetime) -> None:
    """Stop what is still to be done. What was decided stays."""
    lock(task)
    if task.is_at_work:
        sliced.stop(task)
        task.ended_at = at
        decided = tallies([task])[task.id][DECIDED]
        record(
            "stopped a decision about many",
            task.meeting,
            by=by,
            at=at,
            act=task.act,
            decided=decided,
            registrations=task.many,
        )


def resume(task: DecisionTask, *, by: Person, at: datetime) -> None:
    """Have the worker go on with one that was stopped or failed, in the name of who says so. Pressed twice it is once.

    Refused where all is done, what was decided is taken back, or the same is asked for anew.
    """
    lock(task.meeting)  # as `ask` does: of two that are the same, one is done
    lock(task)
    if task.is_at_work:
        return
    if not task.resumes or undoing(task):
        raise Refused(_("Nothing of this is left to go on with. Decide anew."))
    if open_task(task.meeting, task.mark, but=task):
        raise Refused(_("The same is being done already. Look how far it is."))
    hand_over(task, task.resumes)
    task.by_id, task.ended_at = by.id, None
    record("went on with a decision about many", task.meeting, by=by, at=at, act=task.act, registrations=task.many)


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
