from datetime import datetime

from sqlalchemy import Select, func, select

from eventapp.agenda.models import Session
from eventapp.ground.db import db
from eventapp.meetings.models import Meeting
from eventapp.record.notes.models import Note
from eventapp.review.reports.models import Report
from eventapp.review.tasks.models import Task

LARGE = 500  # notes of a meeting: a report of them takes a second, and the page does not wait for it


def is_large(meeting: Meeting) -> bool:
    """Whether the worker compiles and publishes the reports of this meeting, and their editors look on."""
    query = select(func.count()).select_from(Note).join(Note.session)
    return (db.session.scalar(query.where(Session.meeting_id == meeting.id)) or 0) >= LARGE


def task_of(report: Report) -> Task | None:
    """What was asked of the worker for this report last."""
    return db.session.get(Task, report.id, populate_existing=True)


def due(act: str, at: datetime) -> Select[Task]:
    """Ask for the task of this kind that waits longest, or whose worker was not heard of."""
    return select(Task).where(Task.act == act, Task.is_free(at)).order_by(Task.at).limit(1)
