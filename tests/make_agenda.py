"""Agendas to test with."""

from datetime import UTC, datetime, timedelta
from typing import Any

from eventapp.agenda.facts import RoleFacts, SessionFacts
from eventapp.agenda.models import Release
from eventapp.agenda.releasing import release
from eventapp.db import transaction
from eventapp.meetings.models import Meeting
from tests.make import TODAY

NINE = datetime(2026, 3, 16, 2, tzinfo=UTC)  # on the day of make.meeting(), in Bangkok


def facts(**more: Any) -> SessionFacts:
    """An open discussion from nine to half past ten."""
    starts_at = more.pop("starts_at", NINE)
    defaults: dict[str, Any] = {"title": "Trends", "kind": "discussion", "ends_at": starts_at + timedelta(minutes=90)}
    return SessionFacts(starts_at=starts_at, **{**defaults, **more})


def part(**more: Any) -> RoleFacts:
    """A speaker without an address."""
    defaults: dict[str, Any] = {"role": "speaker", "name": "Grace Hopper"}
    return RoleFacts(**{**defaults, **more})


def published(meeting: Meeting, *, at: datetime = TODAY, **more: Any) -> Release:
    """The draft, published."""
    with transaction():
        return release(meeting, by=None, at=at, **more)
