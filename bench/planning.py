"""What it takes to plan 2,500 sessions: how long a session that runs late holds the write lock, and what the planner costs."""

import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from urllib.parse import urlencode

from flask import Flask
from sqlalchemy import func, insert, select

from bench.figures import Figure, at_most
from bench.held import longest_lock
from bench.load import Browser
from bench.people import hidden
from bench.registering import cpu
from bench.server import Server
from bench.world import LARGE, SMALL, agenda_slug, registered
from eventapp.agenda.queries import session_at
from eventapp.ground.clock import now
from eventapp.ground.db import db, transaction
from eventapp.ground.jobs.scheduler import work_long
from eventapp.live.late.actions import Press
from eventapp.live.late.at_once import let_run_late
from eventapp.live.late.queries import lateness
from eventapp.live.telling.jobs import LONG_JOBS
from eventapp.mail.models import Letter
from eventapp.meetings.actions import grant
from eventapp.meetings.models import ORGANIZER, Meeting
from eventapp.meetings.queries import meeting_at
from eventapp.my_agenda.models import Star
from eventapp.people.actions import know
from eventapp.people.models import Person
from eventapp.people.sign_in.actions import make_sign_in_link
from eventapp.registration.models import Delegation, Registration

TIMES, BOUND = 5, 200  # ms of the processor
CHOOSERS = 3_000


def planner_figures(app: Flask, server: Server) -> Iterator[Figure]:
    """CPU of the workers for the planner's page of a day, of an organizer who is signed in, and its size."""
    with app.app_context(), transaction():
        organizer = know("Bench Organizer", "organizer@example.org", at=now())
        for sessions in (SMALL, LARGE):
            grant(meeting_of(sessions), organizer, ORGANIZER, by=None, at=now())
        link = make_sign_in_link(organizer, at=now(), lasts=timedelta(hours=2))
    browser = Browser(server.port)
    page = browser.get(f"/sign-in/{link}").body.decode()
    browser.post(f"/sign-in/{link}", urlencode({"csrf_token": hidden(page, "csrf_token")}).encode())
    for sessions in (SMALL, LARGE):
        path = f"/meetings/{agenda_slug(sessions)}/manage/agenda/"
        sizes = [len(browser.get(path).body) for _time in range(TIMES)]  # and each worker has loaded what it needs
        yield cpu(server, f"planner, {sessions:,} sessions", BOUND, [partial(browser.get, path)] * TIMES)
        yield at_most("  its size", max(sizes) / 1000, 300, "kB")


def late_figures(at: datetime) -> Iterator[Figure]:
    """The longest lock of a press that moves every room of a day."""
    meeting = meeting_of(LARGE)
    pressed(meeting, "S1", at)  # the first has everything to load
    with longest_lock(db.engine) as seen:
        began = time.perf_counter()
        pressed(meeting, "S81", at)
        took = (time.perf_counter() - began) * 1000
    yield at_most(f"a session runs late in every room, {LARGE:,} sessions", took, 2000, "ms")
    yield at_most("  longest write lock meanwhile", seen.milliseconds, 200, "ms")
    with transaction():
        add_choosers(meeting, at)
    pressed(meeting, "S161", at)
    with longest_lock(db.engine) as seen:
        began = time.perf_counter()
        while work_long(LONG_JOBS, at=at + timedelta(minutes=5)):
            pass
        took = time.perf_counter() - began
    written = db.session.scalar(select(func.count(Letter.id)).where(Letter.meeting_id == meeting.id)) or 0
    assert written >= CHOOSERS, written
    yield at_most(f"letters of it to {CHOOSERS:,} who chose a session that moved", took, 60, "s")
    yield at_most("  longest write lock meanwhile", seen.milliseconds, 200, "ms")


def add_choosers(meeting: Meeting, at: datetime) -> None:
    """So many people with a place, each with a star on one session."""
    delegation = Delegation(meeting=meeting, name="Choosers", folded_name="choosers", country="", is_state=False)
    db.session.add(delegation)
    db.session.flush()
    session = session_at(meeting, "S161")
    assert session is not None
    people = [{"name": f"Chooser {n}", "email": f"c{n}@example.org", "known_since": at} for n in range(CHOOSERS)]
    numbers = db.session.scalars(insert(Person).returning(Person.id, sort_by_parameter_order=True), people).all()
    rows = [registered(meeting, delegation, person, number, at) for number, person in enumerate(numbers, start=1)]
    made = db.session.scalars(insert(Registration).returning(Registration.id), rows).all()
    db.session.execute(insert(Star), [{"registration_id": one, "session_id": session.id, "at": at} for one in made])


def pressed(meeting: Meeting, code: str, at: datetime) -> None:
    session = session_at(meeting, code)
    assert session is not None, code
    late = lateness(session, 10, everywhere=True, at=at)
    let_run_late(session, Press(10, late.seen, everywhere=True), by=None, at=at)


def meeting_of(sessions: int) -> Meeting:
    meeting = meeting_at(agenda_slug(sessions))
    assert meeting is not None
    return meeting
