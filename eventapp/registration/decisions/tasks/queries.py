from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from eventapp.ground.db import db
from eventapp.meetings.models import Meeting
from eventapp.registration.decisions.tasks.models import DONE, LEFT, TO_DO, DecisionLine, DecisionTask

WORK = DecisionTask.WORK
IN_FORCE = (*WORK, DONE)  # done, or will be
LASTS = timedelta(days=7)  # so long what became of it is kept
SHOWN_FOR, SHOWN = timedelta(days=1), 3  # those that are over, on the list of registrations
FEW, PAGE = 5, 50  # refusals beside what was decided; on a page of their own


def task_of(meeting: Meeting, number: int) -> DecisionTask | None:
    """The one of this meeting with this number."""
    row = db.session.get(DecisionTask, number, populate_existing=True)
    return row if row and row.meeting_id == meeting.id else None


def open_task(meeting: Meeting, mark: str, *, but: DecisionTask) -> DecisionTask | None:
    """Another that is the same about the same people, as long as it is not over."""
    same = (DecisionTask.meeting_id == meeting.id, DecisionTask.mark == mark, DecisionTask.state.in_(WORK))
    return db.session.scalar(select(DecisionTask).where(*same, DecisionTask.id != but.id).limit(1))


def undoing(task: DecisionTask) -> DecisionTask | None:
    """What takes it back, or has taken it back; not one that was stopped or could not be done."""
    query = select(DecisionTask).where(DecisionTask.undoes_id == task.id, DecisionTask.state.in_(IN_FORCE))
    return db.session.scalar(query.limit(1))


def tasks_shown(meeting: Meeting, at: datetime) -> list[DecisionTask]:
    """Those that are to be made, the first first; then those that are over, the newest first."""
    query = select(DecisionTask).where(DecisionTask.meeting_id == meeting.id).options(joinedload(DecisionTask.by))
    is_open = DecisionTask.state.in_(WORK)
    ahead = query.where(is_open).order_by(DecisionTask.id)
    over = query.where(~is_open, DecisionTask.ended_at > at - SHOWN_FOR).order_by(DecisionTask.ended_at.desc())
    return [*db.session.scalars(ahead), *db.session.scalars(over.limit(SHOWN))]


def undone(tasks: Collection[DecisionTask]) -> set[int]:
    """Those of them, by number, that are taken back or will be."""
    query = select(DecisionTask.undoes_id).where(DecisionTask.undoes_id.in_([one.id for one in tasks]))
    return {one for one in db.session.scalars(query.where(DecisionTask.state.in_(IN_FORCE))) if one}


def tallies(tasks: Collection[DecisionTask]) -> dict[int, Counter[str]]:
    """How many of each were decided, left, or are still to do."""
    found = {one.id: Counter[str]() for one in tasks}
    query = select(DecisionLine.task_id, DecisionLine.outcome, func.count())
    query = query.where(DecisionLine.task_id.in_(found)).group_by(DecisionLine.task_id, DecisionLine.outcome)
    for number, outcome, count in db.session.execute(query):
        found[number][outcome] = count
    return found


def left_in(task: DecisionTask) -> Select[DecisionLine]:
    """Ask for those whom it was not done for, with who they are, in order."""
    query = select(DecisionLine).where(DecisionLine.task_id == task.id, DecisionLine.outcome == LEFT)
    return query.options(joinedload(DecisionLine.registration)).order_by(DecisionLine.id)


def next_lines(task: DecisionTask, most: int) -> Sequence[DecisionLine]:
    """The next ones to decide about."""
    query = select(DecisionLine).where(DecisionLine.task_id == task.id, DecisionLine.outcome == TO_DO)
    return db.session.scalars(query.order_by(DecisionLine.id).limit(most)).all()


def old_tasks(at: datetime) -> Select[int]:
    """Ask for those that were over long ago, by number."""
    query = select(DecisionTask.id).where(DecisionTask.state.not_in(WORK), DecisionTask.ended_at <= at - LASTS)
    return query.order_by(DecisionTask.id)
