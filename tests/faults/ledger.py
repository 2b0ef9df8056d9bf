"""What is held against the database afterwards: nothing that was acknowledged is lost, and nothing is torn."""

from collections import Counter
from datetime import timedelta

from sqlalchemy import select, text

from eventapp.agenda.releases.actions import release
from eventapp.ground.clock import now
from eventapp.ground.db import db, transaction
from eventapp.history.chain import verify
from eventapp.history.models import Entry
from eventapp.mail.models import Letter
from eventapp.people.models import Person
from eventapp.registration.models import Registration
from tests import make
from tests.faults.crowd import Crowd


def open_meeting(days: int = 1) -> str:
    """A meeting with an agenda that takes registrations, so many days before and after this moment: its place on the web."""
    moment, day = now(), timedelta(days=days)
    opened = {
        "registration_opens_at": moment - day,
        "registration_closes_at": moment + day,
        "published_at": moment - day,
    }
    meeting = make.meeting(slug="open", capacity=100_000, **opened)
    make.category(meeting, code="IGO")
    make.session(meeting)
    with transaction():
        release(meeting, by=None, at=moment)
    db.session.remove()
    return "open"


def lost(crowd: Crowd) -> list[str]:
    """Those who were told that their request came, and of whom nothing is known."""
    known = set(db.session.scalars(select(Person.email).join(Registration, Registration.person_id == Person.id)))
    return sorted(set(crowd.told) - known)


def torn() -> list[str]:
    """Whoever has not exactly one request, one letter about it and one line of history; and what the database says."""
    asked = Counter(db.session.scalars(select(Registration.person_id)))
    requests = set(db.session.scalars(select(Registration.id)))
    letters = Counter(db.session.scalars(select(Letter.to)))
    written = Counter(db.session.scalars(select(Entry.thing_id).where(Entry.verb == "registered")))
    addresses = set(db.session.scalars(select(Person.email).join(Registration)))
    faults = [f"person {person} has {count} requests" for person, count in asked.items() if count != 1]
    faults += [f"{address} has {letters[address]} letters" for address in addresses if letters[address] != 1]
    faults += [f"request {one} has {written[one]} lines" for one in requests | set(written) if written[one] != 1]
    return faults + verify() + complaints()


def complaints() -> list[str]:
    """What SQLite finds wrong with its own file."""
    if db.engine.dialect.name != "sqlite":
        return []
    found = [str(row[0]) for row in db.session.execute(text("PRAGMA integrity_check"))]
    return ([] if found == ["ok"] else found) + [
        str(row) for row in db.session.execute(text("PRAGMA foreign_key_check"))
    ]
