"""How long the worker writes the letters of a message to 20,000 people, how long it holds the write lock, and how many
letters a second it brings to a mail server of this machine.
"""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime

from flask import current_app
from sqlalchemy import func, insert, select

from bench.figures import Figure, at_most, rate_of_at_least
from bench.held import longest_lock
from bench.server import free_port
from bench.world import meeting_named, registered
from eventapp.ground.clock import now
from eventapp.ground.db import db, transaction
from eventapp.ground.jobs.scheduler import work_long
from eventapp.ground.security.tokens import made_of, secret
from eventapp.links.models import Link
from eventapp.mail.models import SENT, Letter
from eventapp.mail.sending.delivery import deliver_one
from eventapp.mail.sending.smtp import mailer
from eventapp.meetings.models import Meeting
from eventapp.messages.actions import Content, send, write
from eventapp.messages.audience import Audience
from eventapp.messages.jobs import LONG_JOBS
from eventapp.people.actions import know
from eventapp.people.models import Person
from eventapp.registration.entry import OWN
from eventapp.registration.models import Delegation, Registration

SLUG, PEOPLE, DELIVERED = "bench-messages", 20_000, 1_000
TEXT = "Dear {name},\n\n" + "The closing session moves to Conference Room 1 and begins at 16:30. " * 8
TEXTS = {"en": {"subject": "News of {meeting}", "text": f"{TEXT}\n\nSee your registration\n{{registration_link}}"}}


def message_figures(at: datetime) -> Iterator[Figure]:
    """Seconds until every letter is in the outbox, and the longest lock meanwhile."""
    with transaction():
        meeting = add_people(SLUG, at)
        organizer = know("Bench Organizer", "organizer@example.org", at=at)
        send(write(meeting, Content(TEXTS, Audience(), is_necessary=False), by=organizer, at=at), by=organizer, at=at)
    began = time.perf_counter()
    with longest_lock(db.engine) as seen:
        while work_long(LONG_JOBS, at=now()):
            pass
    took = time.perf_counter() - began
    written = db.session.scalar(select(func.count(Letter.id)).where(Letter.meeting_id == meeting.id))
    assert written == PEOPLE, written
    yield at_most(f"a message to {PEOPLE:,} people, all letters written", took, 10, "s")
    yield at_most("  longest write lock meanwhile", seen.milliseconds, 200, "ms")
    with mail_server() as port:
        mail = current_app.extensions["mail"]
        mail.server, mail.port, mail.use_tls = "127.0.0.1", port, False
        yield rate_of_at_least("  letters delivered over one connection", delivered_a_second(), 50)


def delivered_a_second() -> float:
    """How many letters one worker hands over in a second, each with its rows before and after."""
    began = time.perf_counter()
    with mailer.connect() as talk:
        outcomes = {deliver_one(now(), talk.send) for _ in range(DELIVERED)}
    assert outcomes == {SENT}, outcomes
    return DELIVERED / (time.perf_counter() - began)


@contextmanager
def mail_server() -> Iterator[int]:
    """A mail server in a process of its own that takes everything and keeps nothing: its port."""
    port = free_port()
    command = [sys.executable, "-m", "aiosmtpd", "-n", "-l", f"127.0.0.1:{port}", "-c", "aiosmtpd.handlers.Sink"]
    with subprocess.Popen(command) as process:
        try:
            while process.poll() is None:
                with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                    break
                time.sleep(0.1)
            yield port
        finally:
            process.terminate()


def add_people(slug: str, at: datetime, many: int = PEOPLE) -> Meeting:
    """So many people with a place, each with a private link."""
    meeting = meeting_named(slug, at)
    delegation = Delegation(meeting=meeting, name="Secretariat", folded_name="secretariat", country="", is_state=False)
    db.session.add(delegation)
    db.session.flush()
    people = [{"name": f"Reader {n}", "email": f"m{n}@{slug}.example.org", "known_since": at} for n in range(many)]
    numbers = db.session.scalars(insert(Person).returning(Person.id, sort_by_parameter_order=True), people).all()
    rows = [registered(meeting, delegation, person, number, at) for number, person in enumerate(numbers, start=1)]
    made = insert(Registration).returning(Registration.id, sort_by_parameter_order=True)
    links = [link_to(number, meeting, at) for number in db.session.scalars(made, rows)]
    db.session.execute(insert(Link), links)
    return meeting


def link_to(registration: int, meeting: Meeting, at: datetime) -> dict[str, object]:
    seed = secret()
    stored = made_of(OWN.code, seed)[0][1]
    facts = {"purpose": OWN.code, "target": registration, "meeting_id": meeting.id}
    return {**facts, "seed": seed, "hash": stored, "created_at": at}
