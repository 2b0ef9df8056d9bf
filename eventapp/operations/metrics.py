"""How the application does, in numbers, for Prometheus. Nobody's name is in them.

They are counted in the tables when they are asked for, so that every worker answers the same.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from prometheus_client.metrics_core import GaugeMetricFamily, InfoMetricFamily, Metric
from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute

from config import ROOT
from eventapp.agenda.models import Release, Session
from eventapp.checkin.models import Scan
from eventapp.ground.db import db
from eventapp.ground.db.types import Base
from eventapp.history.models import Entry
from eventapp.mail.models import WAITING, Letter
from eventapp.meetings.models import Meeting
from eventapp.operations.queues import queues, seconds
from eventapp.push.models import PushMessage, PushSubscription
from eventapp.record.notes.models import Note
from eventapp.registration.models import Registration
from eventapp.review.reports.models import Edition


@dataclass(frozen=True)
class Metrics:
    """What the tables hold, and how far the mail worker is behind, in seconds."""

    migration: str
    at: datetime

    def collect(self) -> Iterator[Metric]:
        """Each family of numbers, as prometheus_client asks for them."""
        yield InfoMetricFamily("eventapp", "What runs here.", {"version": version(), "migration": self.migration})
        yield rows("eventapp_meetings", "Meetings.", Meeting)
        yield rows("eventapp_sessions", "Sessions of all drafts, cancelled ones included.", Session)
        yield rows("eventapp_releases", "Releases of agendas.", Release)
        yield by("eventapp_registrations", "Registrations by state.", Registration.state)
        yield by("eventapp_scans", "Readings at gates by verdict.", Scan.verdict)
        yield by("eventapp_notes", "Notes by state.", Note.state)
        yield rows("eventapp_editions", "Published editions of reports.", Edition)
        yield rows("eventapp_history_entries", "Lines of history.", Entry)
        yield by("eventapp_letters", "Letters of the outbox by state.", Letter.state)
        yield rows("eventapp_notices", "Notices on their way to browsers.", PushMessage)
        yield browsers()
        yield GaugeMetricFamily(
            "eventapp_outbox_lag_seconds", "How long the oldest letter that is due waits.", lag(self.at)
        )
        yield from queues(self.at)


def rows(name: str, words: str, model: type[Base]) -> Metric:
    return GaugeMetricFamily(name, words, db.session.scalar(select(func.count()).select_from(model)) or 0)


def by(name: str, words: str, column: InstrumentedAttribute[str]) -> Metric:
    """How many rows have each value of this column, whose name is the label."""
    family = GaugeMetricFamily(name, words, labels=[column.key])
    for value, count in db.session.execute(select(column, func.count()).group_by(column).order_by(column)):
        family.add_metric([value], count)
    return family


def browsers() -> Metric:
    """Browsers that asked for notices: those that get them, and those whose services do not take this server's key."""
    family = GaugeMetricFamily("eventapp_browsers", "Browsers that asked for notices, by state.", labels=["state"])
    every, refused = db.session.execute(select(func.count(), func.count(PushSubscription.refused_at))).one()
    family.add_metric(["reached"], every - refused)
    family.add_metric(["refused"], refused)
    return family


def lag(at: datetime) -> float:
    """Seconds since the letter that is due longest could have gone; 0 where none is due."""
    oldest = db.session.scalar(select(func.min(Letter.due_at)).where(Letter.state == WAITING, Letter.due_at <= at))
    return seconds(oldest, at)


@cache
def version() -> str:
    """The version of this code, as pyproject.toml has it."""
    return str(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])
