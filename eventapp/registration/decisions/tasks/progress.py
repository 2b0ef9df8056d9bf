"""What the list of registrations says of decisions about many: how far each is, and what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from eventapp.ground.db import db
from eventapp.ground.text.i18n import _, ngettext
from eventapp.meetings.models import Meeting
from eventapp.registration.decisions.tasks.actions import CAN_UNDO
from eventapp.registration.decisions.tasks.models import DECIDED, LEFT, DecisionLine, DecisionTask
from eventapp.registration.decisions.tasks.queries import FEW, left_in, tallies, tasks_shown, undone


@dataclass(frozen=True)
class TaskShown:
    """How one stands."""

    task: DecisionTask
    doing: str  # what is done, while it is
    done: str  # what came of it
    left: int  # whom it was not done for
    examples: Sequence[DecisionLine]  # the first of these, where there is room to say why
    can_undo: bool
    can_resume: bool  # it was stopped or failed, and nothing of it was taken back
    waits: bool = False  # for another of the meeting, which comes first


def what_stands(meeting: Meeting, *, at: datetime) -> list[TaskShown]:
    """Those that the list shows: what is to be done first; of those that are over the newest says why it left whom."""
    tasks = tasks_shown(meeting, at)
    newest = next((one for one in tasks if not one.is_at_work), None)
    return shown_of(tasks, newest, ahead=tasks[0] if tasks else None)


def how_it_stands(task: DecisionTask) -> TaskShown:
    """How this one stands, for the page of its own."""
    return shown_of([task], task)[0]


def shown_of(
    tasks: Sequence[DecisionTask], newest: DecisionTask | None, *, ahead: DecisionTask | None = None
) -> list[TaskShown]:
    if not tasks:
        return []
    found, back = tallies(tasks), undone(tasks)
    examples = list(db.session.scalars(left_in(newest).limit(FEW))) if newest and found[newest.id][LEFT] else []
    return [
        TaskShown(
            one,
            doing_of(one),
            done_for(one.act, found[one.id][DECIDED], one.many),
            found[one.id][LEFT],
            examples if one is newest else [],
            can_undo=not one.is_at_work and one.act in CAN_UNDO and found[one.id][DECIDED] > 0 and one.id not in back,
            can_resume=bool(one.resumes) and one.id not in back,
            waits=one.is_at_work and ahead is not None and one is not ahead,
        )
        for one in tasks
    ]


def doing_of(task: DecisionTask) -> str:
    """What is done, while it is."""
    many = task.many
    return {
        "approve": lambda: ngettext(
            "%(num)s registration is being approved.", "%(num)s registrations are being approved.", many
        ),
        "refuse": lambda: ngettext(
            "%(num)s registration is being refused.", "%(num)s registrations are being refused.", many
        ),
        "wait": lambda: ngettext(
            "%(num)s person is being put on the waiting list.",
            "%(num)s people are being put on the waiting list.",
            many,
        ),
        "ask": lambda: ngettext(
            "%(num)s person is being asked for the letter.", "%(num)s people are being asked for the letter.", many
        ),
        "undo": lambda: ngettext("%(num)s decision is being undone.", "%(num)s decisions are being undone.", many),
    }[task.act]()


def done_for(act: str, done: int, many: int) -> str:
    """For how many of so many it was done, as a sentence."""
    return {
        "approve": lambda: _("%(done)s of %(all)s approved.", done=done, all=many),
        "refuse": lambda: _("%(done)s of %(all)s refused.", done=done, all=many),
        "wait": lambda: _("%(done)s of %(all)s put on the waiting list.", done=done, all=many),
        "ask": lambda: _("%(done)s of %(all)s asked for the letter.", done=done, all=many),
        "undo": lambda: ngettext("%(num)s decision undone.", "%(num)s decisions undone.", done),
    }[act]()
