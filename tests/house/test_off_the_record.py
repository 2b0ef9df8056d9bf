"""What was said off the record stays on the pages of its own session: every other page and file is read for it."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.agenda.models import Session
from eventapp.agenda.releases.actions import release
from eventapp.ground.db import db, transaction
from eventapp.meetings.models import ORGANIZER
from eventapp.operations.permissions import Line, lines
from eventapp.people.models import Person
from eventapp.record.drafts.actions import keep_typing
from eventapp.record.extras.delivery import report_delivery
from eventapp.record.extras.translation import Rendering, translate
from eventapp.record.notes.content import DELIVERIES, Figure, NoteContent
from eventapp.record.revisions.actions import record_note
from eventapp.review.formats.writers import FORMATS
from eventapp.review.publishing.actions import publish
from tests import make, make_review
from tests.browserless import PageClient
from tests.house.test_access import SECRETS
from tests.house.world import HERE, VISITOR, World
from tests.review.test_attribution import words_of

CANARY = "Zanzibarquetzal"
ITS_OWN = re.compile(r"/meetings/<slug>/record/<code>")  # the pages of the session
REPORTS = "/meetings/spring/reports"
CITED = [f"/reports/after/paragraphs/{number}" for number in range(1, 10)]


@pytest.fixture
def world(app: Flask) -> World:
    """The world of the walk through all routes; session S8 of its meeting has notes, and so has its report."""
    return World()


def told(world: World, *, off_record: bool) -> None:
    """A note with the canary in every field, published as if nobody had looked, and a report made after it."""
    at, somebody = make.TODAY, db.session.get_one(Person, world.people[ORGANIZER])
    session = db.session.scalars(select(Session).where(Session.code == "S8")).one()
    words = {name: f"{CANARY} {name}" for name in ("title", "speaker", "organization", "who", "due_text")}
    words |= dict.fromkeys(("replicability", "sustainability", "gender_relevance", "neutral"), CANARY)
    draft = NoteContent(
        "commitment", f"{CANARY} said so.", ceiling="person", action_lines=("C2",), goals=(9,), countries=("THA",),
        off_record=off_record, figures=(Figure(CANARY, CANARY),), sources=(CANARY,), partners=(CANARY,),
        delivery=next(iter(DELIVERIES)), **words,  # type: ignore[arg-type]
    )  # fmt: skip
    with transaction():
        note = record_note(session, draft, by=somebody, at=at)
        translate(note, Rendering("fr", f"{CANARY} l’a dit.", CANARY, CANARY), base=0, by=somebody, at=at)
        report_delivery(note, state="done", due_on=None, due_text=CANARY, remark=CANARY, by=somebody, at=at)
        keep_typing(
            session, NoteContent("trend", f"{CANARY} half typed", off_record=off_record), key="k", by=somebody, at=at
        )
        note.state = "published"
        release(session.meeting, by=somebody, at=at)
    report = make_review.report(session.meeting, name="after", policy="person")
    publish(report, by=somebody, at=at)


def pages(app: Flask, world: World) -> Iterator[tuple[str, str, str]]:
    """Every page and file outside the session's own pages, as everybody of this meeting reads it."""
    for role in HERE:
        client = app.test_client()
        assert isinstance(client, PageClient)
        client.lint = False
        if role != VISITOR:
            client.sign_in(db.session.get_one(Person, world.people[role]))
        for path in addresses(app, world):
            answer = client.get(path)
            if answer.status_code == 200:
                yield role, path, answer.text if (answer.mimetype or "").startswith("text") else str(answer.data)


def addresses(app: Flask, world: World) -> list[str]:
    asked = [address(line, world) for line in lines(app) if line.method == "GET" and not is_left_out(line)]
    more = (f"/record/search?q={CANARY}", f"/record/search?q={CANARY}&kind=commitment", f"/outcomes?q={CANARY}")
    return [*asked, *(f"/meetings/spring{one}" for one in (*more, "/sessions/S8/notes", "/reports/after", *CITED))]


def is_left_out(line: Line) -> bool:
    return bool(ITS_OWN.match(line.path)) or any(f"<{name}>" in line.path for name in SECRETS)


def address(line: Line, world: World) -> str:
    samples: dict[str, Any] = world.of_path(line.path)
    return re.sub(r"<([^>]+)>", lambda found: str(samples[found.group(1).split(":")[-1]]), line.path)


def leaks(app: Flask, world: World) -> set[str]:
    """Where the canary is read; a page that repeats what it was asked for is read without that."""
    found = {
        path
        for _role, path, words in pages(app, world)
        if CANARY in words.replace(f'value="{CANARY}"', "").replace(f"q={CANARY}", "")
    }
    client = app.test_client()
    for ending in FORMATS:
        content = client.get(f"{REPORTS}/after.{ending}")
        assert content.status_code == 200
        if CANARY.casefold() in words_of(content.data, ending):
            found.add(ending)
    return found


def test_what_is_off_the_record_is_read_nowhere_else(app: Flask, world: World) -> None:
    told(world, off_record=True)
    assert leaks(app, world) == set()


def test_the_same_words_on_the_record_are_read_in_many_places(app: Flask, world: World) -> None:
    """The positive control: a walk that reads nothing would find nothing either."""
    told(world, off_record=False)
    found = leaks(app, world)
    assert {*FORMATS, f"{REPORTS}/after", "/meetings/spring/outcomes", "/meetings/spring/sessions/S8/notes"} <= found
    assert f"/meetings/spring/record/search?q={CANARY}" in found
