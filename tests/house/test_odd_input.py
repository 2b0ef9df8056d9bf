"""Whatever is sent, to every route: never our fault, and never a page that cannot be read.

Nobody lists the names of the fields here: the request notes what a view asks it for, and the next round sends those.
"""

import random
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from flask import Flask, Request, request
from sqlalchemy import select
from werkzeug.datastructures import ImmutableMultiDict

from eventapp.agenda.models import SpeakingRole
from eventapp.clearance import actions as clearance
from eventapp.clearance.models import Reader
from eventapp.ground.db import db, transaction
from eventapp.ground.text.policy import writable
from eventapp.ground.web.access import for_anyone
from eventapp.inputs.entry import own_token as input_token
from eventapp.inputs.models import Input
from eventapp.operations.permissions import Line, lines
from eventapp.people.models import Person
from eventapp.record.confirmations.actions import token_of
from eventapp.record.confirmations.models import Confirmation
from eventapp.registration.entry import calendar_token, own_token
from eventapp.registration.models import Registration
from tests import make
from tests.browserless import PageClient, check_page
from tests.house.test_access import UNSAFE, address
from tests.house.world import ADMINISTRATOR, VISITOR, World
from tests.make_agenda import role_link

ROUNDS = 2
ODD = (
    *(
        "",
        " ",
        "0",
        "-1",
        "99999999999999999999",
        "9" * 5000,
        "2147483648",
        "1e9",
        "²",
        "١٢",
        "NaN",
        "None",
        "true",
        "on",
    ),
    *("1970-13-45", "9999-12-31", "0001-01-01", "0001-01-01T00:00", "25:61", "23:59", "2026-03-16T09:00", "Nowhere/x"),
    *(
        "\u202eabc",
        "\u0301" * 20,
        "🏳️‍🌈",
        "x\x0by",
        "x\0y",
        "\x7f",
        "\ufffe",
        "\U0010ffff",
        "a\r\nBcc: x",
        "İ",
        "＜",
        "a" * 20_000,
    ),
    *("%", "%%s%(x)s", "\\", "' OR 1=1 --", "{{7*7}}{%x%}", "<b>&amp;", "../../etc/passwd", "//example.org", "a@b@c"),
    *("[]", "{}", "null", "C2", "xx", "R-0001", "#zzz", "ada@example.org", "approve", "1"),
)
FILES = (b"", b"x", b"<svg/>", b"%PDF-1.7", b"\xff\xd8\xff" + b"0" * 50, b"PK\3\4", b"\xff\xfe\0", b"name\nAda\n")
HEADERS = (
    {"Accept-Language": "*,;;q=abc,ar;q=0"},
    {"Accept": "application/json;q=x"},
    {"X-Requested-With": "fetch"},
    {"Cookie": "session=x; language=zz; =;="},
    {"If-None-Match": 'W/x"', "If-Modified-Since": "yesterday", "Range": "bytes=9-1,a"},
)
ASKED: set[str] = set()


class Noting(ImmutableMultiDict[str, Any]):
    """What was sent; each name that somebody asks it for is noted."""

    def get(self, key: str, *more: Any, **options: Any) -> Any:
        """One value."""
        ASKED.add(key)
        return super().get(key, *more, **options)

    def getlist(self, key: str, *more: Any, **options: Any) -> Any:
        """All values."""
        ASKED.add(key)
        return super().getlist(key, *more, **options)

    def __contains__(self, key: object) -> bool:
        ASKED.add(str(key))
        return super().__contains__(key)


class Walk:
    """One walk through the routes, on the day of the world; the same seed sends the same."""

    def __init__(self, app: Flask, seed: int) -> None:
        self.app, self.dice, self.world = app, random.Random(seed), World()
        self.links = links_of(self.world)
        self.names: dict[Line, set[str]] = defaultdict(set)
        self.values: dict[str, set[str]] = defaultdict(set)
        app.config.update(PROPAGATE_EXCEPTIONS=False, CLOCK_OFFSET=make.TODAY - datetime.now(UTC))
        app.request_class = type("NotingRequest", (app.request_class,), {"parameter_storage_class": Noting})

    def through(self, some: list[Line], role: str) -> list[str]:
        """What went wrong on these routes, each visited plainly at first and oddly then."""
        wrong = []
        for turn in range(1 + ROUNDS):
            for line in some:
                sent = self.sent(line) if turn else {}
                told = self.visit(line, role, sent)
                wrong += [f"{line.method} {line.path}: {told} after {sent}"] if told else []
        return wrong

    def visit(self, line: Line, role: str, sent: dict[str, Any]) -> str:
        client = self.app.test_client()
        assert isinstance(client, PageClient)
        if role != VISITOR:
            client.sign_in(db.session.get_one(Person, self.world.people[role]))
        ASKED.clear()
        client.lint = False
        answer = client.open(self.address(line, is_odd=bool(sent)), method=line.method, **sent)
        self.names[line] |= ASKED - {"csrf_token"}
        if answer.mimetype == "text/html" and answer.data:
            try:
                check_page(writable(answer.text), line.path)  # a control character in what was typed disturbs nobody
            except AssertionError as error:
                return str(error)
            for tag in re.findall(r"<(?:input|button|option)[^>]*>", answer.text):
                facts = dict(re.findall(r'(name|value)="([^"]*)"', tag))
                self.values[facts.get("name", "")].add(facts.get("value", ""))
        return str(answer.status_code) if answer.status_code >= 500 else ""

    def sent(self, line: Line) -> dict[str, Any]:
        names = sorted(self.names[line] | {"page"})
        facts = {
            name: [self.word(name) for _time in range(2 if self.dice.random() < 0.1 else 1)]
            for name in names
            if self.dice.random() < 0.75
        }
        headers = self.dice.choice(HEADERS) if self.dice.random() < 0.3 else {}
        if line.method not in UNSAFE:
            return {"query_string": facts, "headers": headers}
        files = {name: [(BytesIO(self.dice.choice(FILES)), "a.jpg")] for name in ("photo", "letter", "file")}
        return {"data": facts | (files if self.dice.random() < 0.2 else {}), "headers": headers}

    def word(self, name: str) -> str:
        """Something a page offers for this name, something that is there, or something odd."""
        good = sorted(self.values[name]) or [str(self.world.named.get(name, "1"))]
        return self.dice.choice(good if self.dice.random() < 0.35 else ODD)

    def address(self, line: Line, *, is_odd: bool) -> str:
        samples = self.world.of_path(line.path)
        if is_odd and self.dice.random() < 0.1:
            samples = {name: re.sub(r"[/\\?#%]", "x", self.dice.choice(ODD))[:900] or "x" for name in samples}
        token = self.links.get(line.path.partition("<")[0], "made-up")
        return address(line, {**samples, "token": token, "link": token})


def links_of(world: World) -> dict[str, str]:
    """What is mailed to people, so that the walk can go through those doors too."""
    role = role_link(db.session.get_one(SpeakingRole, world.samples["asked"]))
    with transaction():  # some of these rows have no link yet
        registration = db.session.scalars(select(Registration).where(Registration.number == 9001)).one()
        written = db.session.scalars(select(Input)).one()
        assert written.registration
        return {
            "/registrations/": own_token(registration),
            "/calendars/": str(calendar_token(registration)),
            "/inputs/": input_token(written, written.registration, at=make.TODAY),
            "/confirmations/": token_of(db.session.scalars(select(Confirmation)).one()),
            "/clearances/": clearance.token_of(db.session.scalars(select(Reader)).one()),
            "/roles/": role,
        }


@pytest.fixture(autouse=True)
def request_class(app: Flask) -> Iterator[type[Request]]:
    """The walk has requests that note what they are asked for; the next test gets the app's own again."""
    before = app.request_class
    yield before
    app.request_class = before


@pytest.mark.parametrize(("seed", "role"), [(1, ADMINISTRATOR), (2, VISITOR)])
def test_odd_input_is_never_our_fault(app: Flask, seed: int, role: str) -> None:
    assert Walk(app, seed).through(lines(app), role) == []


@pytest.mark.usefixtures("fresh_app")
def test_a_view_that_breaks_on_odd_input_is_found(app: Flask) -> None:
    @app.get("/fragile")
    @for_anyone
    def fragile() -> str:
        words = request.args.get("number", "0")
        return str(int(words)) if words.isdigit() else ""  # which ² is

    walk, some = Walk(app, 1), [line for line in lines(app) if line.path == "/fragile"]
    assert [told for _time in range(100) for told in walk.through(some, VISITOR)] != []
