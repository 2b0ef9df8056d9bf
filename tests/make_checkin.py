"""Gates and readings to test with. Every argument has a harmless default."""

from datetime import datetime
from itertools import count

from eventapp.agenda.models import Session
from eventapp.checkin.actions import open_gate, scan
from eventapp.checkin.models import Gate, Scan
from eventapp.checkin.queries import Answer
from eventapp.checkin.reading import SEARCH, Reading
from eventapp.ground.db import db, transaction
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person
from tests import make

_number = count(1)


def gate(meeting: Meeting, name: str = "", session: Session | None = None) -> Gate:
    """An open gate of the building, unless a session is named."""
    with transaction():
        return open_gate(meeting, name or f"Gate {next(_number)}", session, by=None, at=make.TODAY)


def row(answer: Answer) -> Scan:
    """The reading that was answered."""
    return db.session.get_one(Scan, answer.scan_id)


def scanned(
    gate: Gate,
    code: str,
    key: str = "",
    *,
    at: datetime = make.TODAY,
    offline_at: datetime | None = None,
    by: Person | None = None,
    method: str = SEARCH,
) -> Answer:
    """What the door says to this reading; whoever has a typed number was looked at and chosen."""
    reading = Reading(code, key or f"key-{next(_number):06d}", method, offline_at)
    with transaction():
        return scan(gate, reading, by=by, at=at)
