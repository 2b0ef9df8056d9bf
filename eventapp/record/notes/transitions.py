"""The roads of a note from state to state; there are no others."""

from datetime import datetime

from eventapp.people.models import Person
from eventapp.record.notes.models import APPROVED, CONFIRMED, DRAFT, PUBLISHED, SUBMITTED, Note

TRANSITIONS = {  # from where to where a note goes; what is published goes nowhere, and changes by corrigendum only
    DRAFT: {SUBMITTED},
    SUBMITTED: {CONFIRMED, APPROVED, DRAFT},
    CONFIRMED: {SUBMITTED, APPROVED, DRAFT},
    APPROVED: {SUBMITTED, PUBLISHED, DRAFT},
    PUBLISHED: set[str](),
}


def move(note: Note, state: str, *, by: Person | None, at: datetime) -> None:
    """Take a locked note along one of the roads there are. Anything else is our own fault."""
    if state not in TRANSITIONS[note.state]:
        message = f"No road leads from {note.state} to {state}."
        raise ValueError(message)
    note.state, note.state_at, note.state_by_id = state, at, by.id if by else None
