"""How many of each kind wait for the worker, and how long the oldest does: for Prometheus."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import partial
from types import MappingProxyType

from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute

from eventapp.agenda.imports.models import AgendaImport
from eventapp.balance.queries import final_since, to_count
from eventapp.ground.db import db
from eventapp.ground.jobs.leased import WAITING, WORKING
from eventapp.ground.jobs.sliced import Sliced
from eventapp.ground.jobs.sliced import due as slice_due
from eventapp.live.models import LiveChange
from eventapp.live.telling.queries import due as live_changes_due
from eventapp.meetings.arriving.models import MeetingImport
from eventapp.meetings.prepared.models import PreparedFile
from eventapp.messages.models import Message
from eventapp.messages.queries import due as messages_due
from eventapp.push.models import PushMessage
from eventapp.push.queries import due as notices_due
from eventapp.record.loading.arriving.models import NotesImport
from eventapp.record.loading.arriving.queries import due as notes_due
from eventapp.registration.decisions.tasks.models import DecisionTask
from eventapp.registration.imports.models import Import
from eventapp.registration.invitations.models import Invitation
from eventapp.registration.invitations.queries import unwritten
from eventapp.review.paged.actions import editions_not_laid_out
from eventapp.review.reports.models import Edition
from eventapp.review.tasks.models import Task

TASKS: Mapping[str, type[PreparedFile | Task | MeetingImport]] = MappingProxyType(
    {"file": PreparedFile, "report": Task, "meeting": MeetingImport}
)
SLICED: Mapping[str, type[Sliced]] = MappingProxyType(
    {"decision": DecisionTask, "participants": Import, "sessions": AgendaImport}
)
Moment = ColumnElement[datetime] | InstrumentedAttribute[datetime]
# What the worker would take next, as it asks for it itself, and since when each of these waits.
QUEUES: Mapping[str, tuple[Callable[[datetime], Select[object]], Moment]] = MappingProxyType(
    {
        **{kind: (partial(slice_due, one), func.coalesce(one.until, one.at)) for kind, one in SLICED.items()},
        "notes": (notes_due, NotesImport.asked_at),
        "message": (messages_due, func.coalesce(Message.send_at, Message.started_at)),
        "notice": (notices_due, PushMessage.due_at),
        "invitation": (lambda _at: unwritten(), Invitation.invited_at),
        "live": (live_changes_due, LiveChange.at),
        "pages": (lambda _at: editions_not_laid_out(), Edition.published_at),
        "balance": (lambda _at: to_count(), final_since()),
    }
)


def queues(at: datetime) -> Iterator[Metric]:
    """What the worker was asked for by kind and state, and how long the oldest of it waits, in seconds."""
    states = GaugeMetricFamily(
        "eventapp_tasks", "What the worker was asked for, by kind and state.", labels=["kind", "state"]
    )
    waits = GaugeMetricFamily(
        "eventapp_tasks_lag_seconds", "How long the oldest task that no worker has taken waits.", labels=["kind"]
    )
    for kind, model in TASKS.items():
        for state, count in db.session.execute(select(model.state, func.count()).group_by(model.state)):
            states.add_metric([kind, state], count)
        oldest = db.session.scalar(select(func.min(model.at)).where(model.is_free(at)))
        waits.add_metric([kind], seconds(oldest, at))
    for kind, (due, since) in QUEUES.items():
        every = due(at).limit(None).order_by(None)
        many, oldest = db.session.execute(every.with_only_columns(func.count(), func.min(since))).one()
        states.add_metric([kind, WAITING], many)
        waits.add_metric([kind], seconds(oldest, at))
    for kind, sliced in SLICED.items():
        states.add_metric([kind, WORKING], db.session.scalar(select(func.count()).where(sliced.is_taken(at))) or 0)
    yield states
    yield waits


def seconds(since: datetime | None, at: datetime) -> float:
    """Seconds from then to now; 0 where nothing waits."""
    return max((at - since).total_seconds(), 0) if since else 0
