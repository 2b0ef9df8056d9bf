"""How the application does, in numbers, as Prometheus reads them (text format 0.0.4). Nobody's name is in them."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import func, select

from config import ROOT
from eventapp.agenda.models import Release, Session
from eventapp.checkin.models import Scan
from eventapp.db import db
from eventapp.history.models import Entry
from eventapp.mail.models import WAITING, Letter
from eventapp.meetings.models import Meeting
from eventapp.outcomes.models import Note
from eventapp.registration.models import Registration
from eventapp.review.models import Edition

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


@dataclass(frozen=True)
class Metric:
    """One family of numbers: each is told apart by its labels."""

    name: str
    words: str
    values: Mapping[str, float]  # by labels as they are written: '' or 'state="sent"'
    kind: str = "gauge"


def metrics(migration: str, *, at: datetime) -> Iterator[Metric]:
    """What the tables hold, and how far the mail worker is behind, in seconds."""
    yield Metric("eventapp_info", "What runs here.", {f'version="{version()}",migration="{migration}"': 1})
    yield Metric("eventapp_meetings", "Meetings.", rows_of(Meeting))
    yield Metric("eventapp_sessions", "Sessions of all drafts, cancelled ones included.", rows_of(Session))
    yield Metric("eventapp_releases", "Releases of agendas.", rows_of(Release))
    yield Metric("eventapp_registrations", "Registrations by state.", by("state", Registration.state))
    yield Metric("eventapp_scans", "Readings at gates by verdict.", by("verdict", Scan.verdict))
    yield Metric("eventapp_notes", "Notes by state.", by("state", Note.state))
    yield Metric("eventapp_editions", "Published editions of reports.", rows_of(Edition))
    yield Metric("eventapp_history_entries", "Lines of history.", rows_of(Entry))
    yield Metric("eventapp_letters", "Letters of the outbox by state.", by("state", Letter.state))
    yield Metric("eventapp_outbox_lag_seconds", "How long the oldest letter that is due waits.", {"": lag(at)})


def text(families: Iterator[Metric]) -> str:
    """The numbers, each family with its words and its kind."""
    return "".join(f"{line}\n" for family in families for line in lines(family))


def lines(metric: Metric) -> Iterator[str]:
    yield f"# HELP {metric.name} {metric.words}"
    yield f"# TYPE {metric.name} {metric.kind}"
    for labels, value in metric.values.items():
        yield f"{metric.name}{{{labels}}} {number(value)}" if labels else f"{metric.name} {number(value)}"


def number(value: float) -> str:
    """A number as Go reads it, never shortened."""
    return repr(float(value)).removesuffix(".0")


def rows_of(model: Any) -> dict[str, float]:
    return {"": db.session.scalar(select(func.count()).select_from(model)) or 0}


def by(label: str, column: Any) -> dict[str, float]:
    query = select(column, func.count()).group_by(column).order_by(column)
    return {f'{label}="{value}"': count for value, count in db.session.execute(query)}


def lag(at: datetime) -> float:
    """Seconds since the letter that is due longest could have gone; 0 where none is due."""
    oldest = db.session.scalar(select(func.min(Letter.due_at)).where(Letter.state == WAITING, Letter.due_at <= at))
    return (at - oldest).total_seconds() if oldest else 0


@cache
def version() -> str:
    """The version of this code, as pyproject.toml has it."""
    return str(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])
