"""Notes to test with, made the way the application makes them."""

from datetime import datetime
from typing import Any

from eventapp.agenda.models import Session
from eventapp.db import transaction
from eventapp.outcomes.actions import record_note
from eventapp.outcomes.draft import Draft
from eventapp.outcomes.models import Note
from eventapp.people.models import Person
from tests.make import TODAY


def draft(text: str = "Community radio reaches farmers before any portal does.", **facts: Any) -> Draft:
    """One idea under one action line."""
    defaults: dict[str, Any] = {"kind": "trend", "action_lines": ("C2",)}
    return Draft(text=text, **{**defaults, **facts})


def note(
    session: Session,
    text: str = "Community radio reaches farmers before any portal does.",
    *,
    by: Person | None = None,
    at: datetime = TODAY,
    state: str = "draft",
    **facts: Any,
) -> Note:
    """A recorded note; `state` puts it further along without the steps between."""
    with transaction():
        made = record_note(session, draft(text, **facts), by=by, at=at)
        made.state = state
    return made
