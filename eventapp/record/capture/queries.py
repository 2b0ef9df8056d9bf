"""Rapporteurs of one session see each other: who writes in it this moment, and whether its notes are others."""

from datetime import datetime, timedelta
from hashlib import sha256

from eventapp.agenda.models import Session
from eventapp.presence.queries import Typing, typing_in
from eventapp.record.drafts.queries import CHANGE, NEW, SUMMARY
from eventapp.record.notes.queries import stands_of

WRITING = timedelta(seconds=10)  # a text that was kept since then is being written: the page keeps it each second


def mark_of(session: Session) -> str:
    """Return what is another whenever the list of its notes would be, after one query of columns."""
    return sha256(repr(stands_of(session)).encode()).hexdigest()[:24]


def writing_in(session: Session, at: datetime) -> list[Typing]:
    """What is being written in the session now: notes, changes of notes and its summary."""
    return typing_in(session.id, (NEW, CHANGE, SUMMARY), since=at - WRITING)
