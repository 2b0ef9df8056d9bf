"""Every route, every method, every role, here and from another meeting: who gets in is what docs/permissions.md says."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from http import HTTPStatus
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from flask import Flask
from sqlalchemy import text
from werkzeug.test import TestResponse

from config import ROOT, TestConfig
from eventapp.commands import create_app
from eventapp.ground.db import db
from eventapp.ground.db.types import Base
from eventapp.meetings.models import ORGANIZER, RAPPORTEUR, STEWARD
from eventapp.operations.permissions import Line, lines, page
from eventapp.people.models import Person
from tests.browserless import PageClient
from tests.house.world import ADMINISTRATOR, PARTICIPANT, ROLES, VISITOR, World
from tests.shared import File

EVERYBODY = set(ROLES)
NOBODY: set[str] = set()
OPEN_TO = {
    "anyone": EVERYBODY,
    "hold_link": EVERYBODY,  # the walk has no such link: see test_a_made_up_secret_opens_nothing
    "develop": NOBODY,
    "watch": EVERYBODY,  # the whole walk comes from this machine: see tests/operations/test_metrics.py
    "report_letters": NOBODY,  # without a token in the settings: see tests/mail/test_failing.py
    "see_meeting": EVERYBODY,
    "read_list": EVERYBODY,  # the list of the walk is public: see tests/official_list
    "open_papers": {PARTICIPANT, RAPPORTEUR, STEWARD, ORGANIZER, ADMINISTRATOR},
    "be_signed_in": EVERYBODY - {VISITOR},
    "owe_second_factor": NOBODY,  # everybody of the walk has given all that is asked: see tests/people/test_second_factor.py
    "administer": {ADMINISTRATOR},
    "make_meetings": {ADMINISTRATOR},  # and who organizes a body: see tests/desk/test_starting.py
    "run_meeting": {ORGANIZER, ADMINISTRATOR},
    "have_ordered": {ORGANIZER},  # who asked for the files of the walk
    "have_ordered_record": {ORGANIZER},  # and here
    "record_meeting": {RAPPORTEUR, ORGANIZER, ADMINISTRATOR},
    "keep_floor": {RAPPORTEUR, ORGANIZER, ADMINISTRATOR},
    "edit_session": {ORGANIZER, ADMINISTRATOR},  # and who has a part that may: see tests/agenda/test_rights.py
    "edit_sessions": NOBODY,  # but who has such a part
    "record_session": {RAPPORTEUR, ORGANIZER, ADMINISTRATOR},
    "record_sessions": {RAPPORTEUR, ORGANIZER, ADMINISTRATOR},
    "publish_review": {ORGANIZER, ADMINISTRATOR},
    "edit_review": {RAPPORTEUR, ORGANIZER, ADMINISTRATOR},
    "keep_door": {STEWARD, ORGANIZER, ADMINISTRATOR},
    "have_run_door": {STEWARD, ORGANIZER, ADMINISTRATOR},
}
UNSAFE = ("POST", "PUT", "PATCH", "DELETE")
SECRETS = ("token", "link")  # parts of an address that are their own proof; a made-up one is 404 for everybody
EXCUSED = {"/sign-in/<link>"}  # the page is one button, the same for every link, so that opening tells nothing


class Town(NamedTuple):
    """A world in a file, the app that reads it, and how to put it back as it was."""

    app: Flask
    world: World
    file: Path
    original: Path

    def restore(self) -> None:
        db.session.remove()
        db.engine.dispose()
        File(f"sqlite:///{self.original}", self.file).renew()


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory, migrated_file: Path) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("town")
    file, original = folder / "town.db", folder / "original.db"
    shutil.copyfile(migrated_file, file)
    app = create_app(TestConfig(f"sqlite:///{file}", folder))
    app.test_client_class = PageClient
    with app.app_context():
        world = World()
        db.session.remove()
        with db.engine.connect() as connection:
            connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
        db.engine.dispose()
        shutil.copyfile(file, original)
        yield Town(app, world, file, original)
        db.session.remove()
        db.engine.dispose()


def address(line: Line, samples: dict[str, object]) -> str:
    """The address of a line with every part filled in from the world."""

    def value(match: re.Match[str]) -> str:
        name = match.group(1).split(":")[-1]
        assert name in samples or name in SECRETS, f"{line.path}: give `{name}` a sample in tests/house/world.py"
        return str(samples.get(name, "made-up"))

    return re.sub(r"<([^>]+)>", value, line.path)


def visit(town: Town, line: Line, role: str, **more: Any) -> TestResponse:
    client = town.app.test_client()
    assert isinstance(client, PageClient)
    client.lint = False
    if role != VISITOR:
        client.sign_in(db.session.get_one(Person, town.world.people[role]))
    form: dict[str, Any] = {"data": town.world.named} if line.method in UNSAFE else {}
    return client.open(address(line, town.world.of_path(line.path)), method=line.method, **form, **more)


def is_closed(answer: TestResponse) -> bool:
    to_sign_in = answer.status_code == 302 and answer.location.startswith("/sign-in")
    return answer.status_code in (401, 403, 404) or to_sign_in


def state(town: Town, *audited: str) -> dict[str, int]:
    """How many rows each table has, and what they add up to; sign-ins are the walk's own."""
    db.session.rollback()
    left_out = ("sign_in", "rate_hit")
    with db.engine.connect() as connection:
        return {
            table.name: hash(tuple(map(str, connection.execute(table.select()).all())))
            for table in Base.metadata.sorted_tables
            if table.name not in (*left_out, *audited)
        }


@pytest.mark.parametrize("role", ROLES)
def test_who_may_not_gets_404_and_changes_nothing(town: Town, role: str) -> None:
    town.restore()
    before = state(town)
    wrong = [
        f"{line.method} {line.path} [{line.rule}]: {answer.status_code}"
        for line in lines(town.app)
        if role not in OPEN_TO[line.rule] and not is_closed(answer := visit(town, line, role))
    ]
    assert wrong == []
    assert state(town) == before


@pytest.mark.parametrize("role", ROLES)
def test_who_may_gets_in(town: Town, role: str) -> None:
    wrong = []
    for line in lines(town.app):
        if role not in OPEN_TO[line.rule] or any(secret in line.path for secret in SECRETS):
            continue
        if line.method in UNSAFE:
            town.restore()
        answer = visit(town, line, role)
        if is_closed(answer) or answer.status_code >= 500:
            wrong.append(f"{line.method} {line.path} [{line.rule}]: {answer.status_code}")
    assert wrong == []


def test_reading_changes_nothing(town: Town) -> None:
    """But for the line of history that says who took a list of people away."""
    audit = ("entry", "chain_end")
    town.restore()
    before = state(town, *audit)
    for line in lines(town.app):
        if line.method == "GET":
            visit(town, line, ADMINISTRATOR)
    assert state(town, *audit) == before


def test_asking_for_the_head_of_a_page_is_only_reading(town: Town) -> None:
    """A form is guarded where it is posted; whoever asks for a head sends no token, and must not be taken for one."""
    town.restore()
    before = state(town)
    heads = [replace(line, method="HEAD") for line in lines(town.app) if line.method == "GET"]
    names = {"name": "Other words", "title": "Other words", "symbol": "E/2"}
    statuses = {
        line.path: (
            visit(town, line, ADMINISTRATOR, data=names).status_code,
            visit(town, line, ADMINISTRATOR).status_code,
        )
        for line in heads
    }
    assert {path for path, (filled, plain) in statuses.items() if filled != plain or plain == 422} == set()
    assert state(town) == before


def test_a_made_up_secret_opens_nothing(town: Town) -> None:
    secret = [line for line in lines(town.app) if any(f"<{name}>" in line.path for name in SECRETS)]
    opened = [
        f"{line.method} {line.path}"
        for line in secret
        if line.path not in EXCUSED and visit(town, line, VISITOR).status_code != 404
    ]
    assert opened == []


def test_an_address_that_is_a_secret_is_told_to_no_other_site(town: Town) -> None:
    told = [
        f"{line.method} {line.path}"
        for line in lines(town.app)
        if line.rule == "hold_link" and visit(town, line, VISITOR).headers["Referrer-Policy"] != "no-referrer"
    ]
    assert told == []


def test_no_form_asks_a_browser_where_it_comes_from(town: Town) -> None:
    """Over https as over http: a page whose address is a secret tells nobody, us neither."""
    refused = [
        line.path
        for line in lines(town.app)
        if line.rule == "hold_link"
        and line.method in UNSAFE
        and visit(town, line, VISITOR, base_url="https://localhost").status_code == HTTPStatus.BAD_REQUEST
    ]
    assert refused == []


def test_an_ended_role_is_closed_at_once(town: Town) -> None:
    town.restore()
    line = next(line for line in lines(town.app) if line.rule == "keep_door" and line.method == "GET")
    assert not is_closed(visit(town, line, STEWARD))
    with db.engine.execution_options(writes=True).begin() as connection:
        connection.execute(text("UPDATE staff SET ended_at = '2026-03-02 00:00:00' WHERE role = 'steward'"))
    assert is_closed(visit(town, line, STEWARD))


def test_the_table_in_the_docs_is_fresh(app: Flask) -> None:
    assert (ROOT / "docs" / "permissions.md").read_text() == page(app)
