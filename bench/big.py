"""Every page that reads a large meeting: one of 20,000 registrations, 2,500 sessions and 20,800 notes among 200.

Beside it stands a meeting of a tenth of that, by which growth and the number of queries are judged. The installation is
kept in var/bench-big and built anew when the database or this file changed.
"""

import hashlib
import math
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select

from bench.desk import send_from_many
from bench.figures import Figure
from bench.messages import add_people
from bench.noted import DRAFT, written_in
from bench.people import hidden
from bench.spoken import add_nominees, add_spoken
from bench.world import add_sessions, meeting_named
from eventapp.agenda.models import Session
from eventapp.badges.actions import print_badges
from eventapp.badges.queries import Choice
from eventapp.checkin.actions import open_gate
from eventapp.ground.clock import now
from eventapp.ground.db import db, transaction
from eventapp.meetings.actions import grant
from eventapp.meetings.models import ORGANIZER, Meeting
from eventapp.meetings.queries import meeting_at
from eventapp.official_list.actions import issue
from eventapp.people.actions import know
from eventapp.people.models import Person
from eventapp.people.sign_in.actions import make_sign_in_link
from eventapp.review.compilation.actions import start_report
from eventapp.review.paged.actions import keep_pages
from eventapp.review.publishing.actions import publish

KEPT = Path(__file__).parents[1] / "var" / "bench-big"
HEAD = Path(__file__).parents[1] / "migrations" / "HEAD"
BIG, TENTH, MEETINGS = "bench-big", "bench-tenth", 200
PEOPLE, SESSIONS, NOTES = 20_000, 2500, 20_800
DAYS_BETWEEN, LONG_AGO = 3, 400
STAFF_MS, PUBLIC_MS, KILOBYTES, GROWTH, MORE_QUERIES = 250, 100, 400, 12, 2
ROUNDS = 4  # apart in time, the first of which makes pages warm: a neighbour on the machine is busy for seconds
PUBLIC = (
    *("", "agenda", "sessions/S100", "outcomes", "sessions/S100/notes", "reports", "reports/summary"),
    *("reports/summary/parts/chapter-2", "reports/summary/parts/annex-3", "reports/summary/paragraphs/100"),
    *(
        "inputs",
        "agenda/print/glance",
        "agenda/changes",
        "agenda/calendars",
        "screens",
        "screens/hall",
        "search?q=digital",
        "outcomes?line=C1",
        "outcomes?q=radio",
    ),
)
MANAGED = (
    "manage/",
    "manage/registrations",
    "manage/participants",
    "manage/delegations",
    "manage/balance",
    "manage/balance/people",
    "manage/balance/people?stage=spoke",
    "manage/balance/people?by=stakeholder&group=government",
    "manage/messages/new",
    "manage/letters",
    "manage/badges",
    "manage/badges/layouts",
    "manage/badges/layout",
    "manage/gates",
    "manage/gates/G1/attendance",
    "manage/list-of-participants",
    "manage/photographs",
    "manage/history",
    "manage/agenda/",
    "manage/agenda/sessions/S100",
    "manage/agenda/releases",
    "manage/agenda/releases/1/draft",
    "manage/agenda/sessions/S100/swap",
    "manage/agenda/at-once",
    "manage/agenda/warnings",
    "manage/agenda/availability",
    "manage/agenda/material",
    "manage/agenda/day-letters",
    "manage/agenda/day-letters/people",
    "manage/agenda/clocks",
    "manage/delays",
    "manage/speakers",
    "manage/speaking-time",
    "manage/invitations",
    "manage/waiting-list",
    "manage/delegations/names",
    "manage/gates/readings",
    "manage/gates/G1/attendance/expected",
    "manage/balance/nominees",
    "manage/settings/consents",
    "manage/settings/networking",
    "manage/settings/retention",
    "manage/rapporteurs",
    "manage/outcomes",
    "manage/commitments",
    "manage/practices",
    "manage/inputs",
    "manage/inputs/1",
    "manage/outcomes/file",
    "manage/settings/documents",
    "record",
    "record/S100",
    "record/S100/1",
    "record/S100/floor",
    "search?q=radio",
    "review",
    "review/coverage",
    "review/reports/summary",
    "review/reports/summary/summary",
    "review/reports/summary/clearance",
    "review/reports/summary/publication",
    "review/reports/summary/adoption",
    "review/reports/summary/versions",
    "review/reports/summary/preview",
    "review/package",
    "review/outlets",
    "review/outlets/sessions",
    "review/outlets/sessions/S100",
    "review/outlets/sessions?form=session-takeaways",
    "review/outlets/sessions/S100?form=session-takeaways",
    "review/outlets/table",
    "review/outlets/sheets/stocktaking",
    "review/outlets/sheets/prizes",
)
EVERYWHERE = ("/", "/meetings", "/progress", "/commitments")


class Cost(NamedTuple):
    """What a page costs: milliseconds of the processor, queries, and kilobytes of what is sent."""

    milliseconds: float
    queries: int
    kilobytes: float


NEVER = Cost(math.inf, 0, 0)


def is_built() -> bool:
    mark = KEPT / "built"
    return mark.exists() and mark.read_text() == _mark()


def _mark() -> str:
    return hashlib.sha256(Path(__file__).read_bytes() + HEAD.read_bytes()).hexdigest()


def build_big(at: datetime) -> None:
    """All of it, in an empty, migrated database; `at` is now."""
    with transaction():
        organizer = know("Big Organizer", "big@example.org", at=at)
    for slug, share in ((TENTH, 10), (BIG, 1)):
        _build(slug, share, organizer, at)
    with transaction():
        for number in range(MEETINGS - 2):
            other = meeting_named(f"other-{number}", at)
            other.starts_on += timedelta(days=number * DAYS_BETWEEN - LONG_AGO)
            other.ends_on = other.starts_on + timedelta(days=DAYS_BETWEEN)
    (KEPT / "built").write_text(_mark())


def _build(slug: str, share: int, organizer: Person, at: datetime) -> None:
    with transaction():
        meeting = add_people(slug, at, PEOPLE // share)
        meeting.mandate = ["The General Assembly asked for a review of the action lines."]
        grant(meeting, organizer, ORGANIZER, by=None, at=at)
        send_from_many(meeting)
        add_sessions(meeting, SESSIONS // share, at)
    with transaction():
        sessions = db.session.scalars(select(Session).where(Session.meeting_id == meeting.id)).all()
        each, more = divmod(NOTES // share, len(sessions))
        for place, session in enumerate(sessions):
            written_in(session, each + (place < more), at)
        add_spoken(meeting, sessions, at)
        add_nominees(meeting, at)
    with transaction():
        print_badges(meeting, Choice(), by=None, at=at)
        open_gate(meeting, "Main entrance", by=None, at=at)
    with transaction():
        issue(_at(slug), is_final=False, remark="", seen=0, by=None, at=at)
    keep_pages(publish(start_report(_at(slug), DRAFT, by=None, at=at), by=None, at=at).id)  # as the worker does


def _at(slug: str) -> Meeting:
    meeting = meeting_at(slug)
    assert meeting is not None
    return meeting


def big_figures(app: Flask) -> Iterator[Figure]:
    """Each page as an organizer reads it, warm, in this process: against its bounds, and against the tenth."""
    with app.app_context():
        person = db.session.scalars(select(Person).where(Person.email == "big@example.org")).one()
        with transaction():
            link = make_sign_in_link(person, at=now(), lasts=timedelta(hours=2))
    client = app.test_client()
    page = client.get(f"/sign-in/{link}").get_data(as_text=True)
    client.post(f"/sign-in/{link}", data={"csrf_token": hidden(page, "csrf_token")})
    bounds = {path: PUBLIC_MS if path in PUBLIC else STAFF_MS for path in (*PUBLIC, *MANAGED)}
    addresses = [*EVERYWHERE, *(address_of(slug, path) for path in bounds for slug in (TENTH, BIG))]
    found: dict[str, Cost] = {}
    for _round in range(ROUNDS):
        for address in addresses:
            found[address] = min(found.get(address, NEVER), cost(app, client, address))
    for path in EVERYWHERE:
        yield figure_of(path, found[path], None, PUBLIC_MS)
    for path, bound in bounds.items():
        tenth, whole = (found[address_of(slug, path)] for slug in (TENTH, BIG))
        yield figure_of(path or "the meeting", whole, tenth, bound)


def address_of(slug: str, path: str) -> str:
    return f"/meetings/{slug}/{path}"


def cost(app: Flask, client: FlaskClient, address: str) -> Cost:
    """What a page costs this once."""
    counted = [0]

    def count(*_args: object) -> None:
        counted[0] += 1

    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", count)
    began = time.process_time()
    answer = client.get(address)
    body = answer.get_data()
    took = (time.process_time() - began) * 1000
    with app.app_context():
        event.remove(db.engine, "before_cursor_execute", count)
    assert answer.status_code == 200, f"{address} answers {answer.status_code}"
    return Cost(took, counted[0], len(body) / 1000)


def figure_of(name: str, whole: Cost, tenth: Cost | None, bound: float) -> Figure:
    grown = whole.milliseconds / tenth.milliseconds if tenth else 1
    more = whole.queries - tenth.queries if tenth else 0
    holds = whole.milliseconds <= bound and whole.kilobytes <= KILOBYTES and grown <= GROWTH and more <= MORE_QUERIES
    value = f"{whole.milliseconds:,.0f} ms (× {grown:.1f}), {whole.queries} q (+{more}), {whole.kilobytes:,.0f} kB"
    return Figure(f"big: {name}", value, f"≤ {bound} ms, {KILOBYTES} kB", holds)
