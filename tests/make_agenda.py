"""Agendas to test with."""

from datetime import UTC, datetime, timedelta
from typing import Any

from eventapp.agenda.models import ROLE_LINK, Release, SpeakingRole
from eventapp.agenda.releases.actions import release
from eventapp.agenda.sessions.facts import RoleFacts, SessionFacts
from eventapp.ground.db import transaction
from eventapp.links.actions import link_for_letter
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


def role_link(role: SpeakingRole) -> str:
    """The secret by which this part is accepted or declined, as its letter carries it."""
    with transaction():
        return link_for_letter(ROLE_LINK, role, meeting_id=role.session.meeting_id, at=TODAY)
