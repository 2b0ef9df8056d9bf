"""What the pages of an organizer cost in a meeting of 20,000 registrations: lists, forms and settings."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from urllib.parse import urlencode

from flask import Flask
from sqlalchemy import insert, select, update

from bench.asked import build_questions, question_figures
from bench.figures import Figure
from bench.load import Browser
from bench.messages import PEOPLE, add_people
from bench.noted import add_session
from bench.people import hidden
from bench.registering import cpu
from bench.searching import TEXT, line
from bench.server import Server
from eventapp.agenda.models import Session
from eventapp.ground.clock import now
from eventapp.ground.db import db, transaction
from eventapp.meetings.actions import add_part, grant
from eventapp.meetings.facts import DocumentFacts, RoomFacts
from eventapp.meetings.models import ORGANIZER, Meeting
from eventapp.people.actions import know
from eventapp.people.sign_in.actions import make_sign_in_link
from eventapp.record.search.models import SearchEntry
from eventapp.registration.models import Delegation, Registration
from eventapp.review.reports.models import Chapter, Paragraph, Report

SLUG = "bench-desk"
DOCUMENTS, ROOMS, DELEGATIONS = 200, 40, 400
NOTES, PARAGRAPHS = 20_000, 2_000
TIMES, BOUND = 5, 200  # ms of the processor
MANAGED = (
    ("Today", ""),
    ("registrations, the first page", "registrations?state=everyone"),
    ("registrations, one page in the middle", "registrations?state=everyone&page=200"),
    ("registrations, searched", "registrations?state=everyone&q=byron"),
    ("registrations, one person open", "registrations?state=everyone&open=R-10000"),
    ("list of participants", "participants"),
    ("delegations", "delegations"),
    ("delegations, what is to decide", "delegations?tab=decide"),
    ("message, the form", "messages/new"),
    ("emails", "letters"),
    ("badges", "badges"),
    ("history", "history"),
    ("settings", "settings/"),
    ("settings: the meeting", "settings/meeting"),
    ("settings: categories", "settings/categories"),
    ("settings: rooms", "settings/rooms"),
    ("settings: documents", "settings/documents"),
    ("settings: staff", "settings/staff"),
)


def desk_figures(app: Flask, server: Server) -> Iterator[Figure]:
    """CPU of the workers for each page, of an organizer who is signed in."""
    with app.app_context():
        link = build_desk()
    browser = Browser(server.port)
    page = browser.get(f"/sign-in/{link}").body.decode()
    browser.post(f"/sign-in/{link}", urlencode({"csrf_token": hidden(page, "csrf_token")}).encode())
    yield from (of_page(server, browser, name, f"/meetings/{SLUG}/manage/{path}") for name, path in MANAGED)
    yield of_page(server, browser, "search of the meeting", f"/meetings/{SLUG}/search?q=byron")
    yield of_page(server, browser, "search, a name that many have", f"/meetings/{SLUG}/search?q=rahman")
    yield of_page(server, browser, "registration, the form", f"/meetings/{SLUG}/registration/new?category=UN")
    for word in ("radio", "77777 h", "zanzibar"):
        path = f"/meetings/{SLUG}/search?q={word.replace(' ', '+')}"
        name = f"search by staff of {NOTES:,} notes and {PARAGRAPHS:,} paragraphs: {word}"
        yield cpu(server, name, BOUND, [partial(browser.get, path)] * TIMES)
    yield from question_figures(app, server, browser)


def of_page(server: Server, browser: Browser, name: str, path: str) -> Figure:
    assert browser.get(path).status == 200, path
    return cpu(server, f"{name}, {PEOPLE:,} registrations", BOUND, [partial(browser.get, path)] * TIMES)


def build_desk() -> str:
    """The meeting, with an organizer. Returns the word of a link that signs them in."""
    at = now()
    with transaction():
        meeting = add_people(SLUG, at)
        organizer = know("Desk Organizer", "desk@example.org", at=at)
        grant(meeting, organizer, ORGANIZER, by=None, at=at)
        send_from_many(meeting)
        write_notes(meeting, at)
        build_questions(organizer, at)
        for number in range(ROOMS):
            add_part(
                meeting,
                RoomFacts(code=f"R{number}", name=f"Room {number}", seats=100, where="", position=number),
                by=None,
                at=at,
            )
        for number in range(DOCUMENTS):
            add_part(
                meeting,
                DocumentFacts(symbol=f"B/{number}", title=f"Paper {number}", address="", position=number),
                by=None,
                at=at,
            )
        return make_sign_in_link(organizer, at=at, lasts=timedelta(hours=2))


def write_notes(meeting: Meeting, at: datetime) -> None:
    """What a search looks in: the lines of 20,000 notes of one session, and a report of 2,000 paragraphs."""
    add_session(meeting, "F", 0, at)
    session = db.session.scalars(select(Session).where(Session.meeting_id == meeting.id)).one()
    db.session.execute(insert(SearchEntry), [line(meeting.id, session.id, n) for n in range(NOTES)])
    facts = {"policy": "organization", "outline": "blocks", "created_at": at}
    report = Report(meeting=meeting, name="summary", title="Summary report", symbol="RP.1", **facts)
    chapter = Chapter(report=report, position=1, title="Trends", block="trends")
    chapter.paragraphs = [
        Paragraph(position=n, origin="hand", text=f"{TEXT.format(n=n)} It was said again.", generated="")
        for n in range(PARAGRAPHS)
    ]
    db.session.add(report)
    db.session.flush()


def send_from_many(meeting: Meeting) -> None:
    """Let the people come from DELEGATIONS organizations, every fifth of which has fewer places than people."""
    rows = [
        Delegation(meeting=meeting, name=name, folded_name=name.lower(), is_state=False, places=None if n % 5 else 10)
        for n, name in ((n, f"Organization {n}") for n in range(DELEGATIONS))
    ]
    db.session.add_all(rows)
    db.session.flush()
    for n, row in enumerate(rows):
        some = update(Registration).where(Registration.meeting_id == meeting.id, Registration.number % DELEGATIONS == n)
        db.session.execute(some.values(delegation_id=row.id))
