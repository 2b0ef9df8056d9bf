"""What was acknowledged survives `kill -9`, of one worker and of everything. And the same where it is not kept first."""

from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, text

from eventapp.clock import now
from eventapp.db import db
from eventapp.history.chain import verify
from eventapp.history.models import Entry
from eventapp.mail.models import Letter
from eventapp.people.models import Person
from eventapp.registration.models import Registration
from tests import make
from tests.conftest import ON_POSTGRESQL
from tests.faults.crowd import ACKNOWLEDGED, NO_ANSWER, Crowd, crowding
from tests.faults.server import Server, serving

BUSY = 503
KILLS, BETWEEN = 4, 15


@pytest.fixture
def slug(app: Flask) -> str:
    """A meeting that takes registrations now, in the app's database."""
    del app
    moment, day = now(), timedelta(days=1)
    meeting = make.meeting(
        slug="open",
        capacity=100_000,
        registration_opens_at=moment - day,
        registration_closes_at=moment + day,
        published_at=moment - day,
    )
    make.category(meeting, code="IGO")
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
    if ON_POSTGRESQL:
        return []
    found = [str(row[0]) for row in db.session.execute(text("PRAGMA integrity_check"))]
    return ([] if found == ["ok"] else found) + [
        str(row) for row in db.session.execute(text("PRAGMA foreign_key_check"))
    ]


def test_a_killed_worker_takes_nothing_with_it_and_another_stands_in(slug: str, database: str, tmp_path: Path) -> None:
    with serving(Server(database, tmp_path)) as server, crowding(server, slug) as crowd:
        for _kill in range(KILLS):
            crowd.wait_for_more(BETWEEN)
            server.kill_a_worker()
        crowd.wait_for_more(BETWEEN)

    assert set(crowd.statuses) - {ACKNOWLEDGED, NO_ANSWER, BUSY} == set()
    assert (lost(crowd), torn()) == ([], [])


def test_everything_killed_and_started_again_has_lost_nothing(slug: str, database: str, tmp_path: Path) -> None:
    with serving(Server(database, tmp_path)) as server, crowding(server, slug) as crowd:
        for _kill in range(KILLS):
            crowd.wait_for_more(BETWEEN)
            server.kill()
            server.start()
        crowd.wait_for_more(BETWEEN)

    assert NO_ANSWER in crowd.statuses, "nobody noticed that it died"
    assert set(crowd.statuses) - {ACKNOWLEDGED, NO_ANSWER, BUSY} == set()
    assert (lost(crowd), torn()) == ([], [])


def test_what_is_acknowledged_before_it_is_kept_is_lost(slug: str, database: str, tmp_path: Path) -> None:
    """The control: these tests see it."""
    with serving(Server(database, tmp_path, "tests.faults.careless:app")) as server, crowding(server, slug) as crowd:
        crowd.wait_for_more(BETWEEN)
        server.kill()
        server.start()

    assert lost(crowd)
