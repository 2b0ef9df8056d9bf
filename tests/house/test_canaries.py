"""Markup that somebody types is shown as text: on every page, for everybody who may open it."""

import re

import pytest
from flask import Flask
from sqlalchemy import String, Text, func, select, update

from eventapp.ground.db import db, transaction
from eventapp.ground.db.types import Base
from eventapp.meetings.models import ORGANIZER
from eventapp.operations.permissions import lines
from eventapp.people.models import Person
from tests.browserless import PageClient, check_page
from tests.house.test_access import SECRETS, address
from tests.house.world import ADMINISTRATOR, VISITOR, World

CANARY = "<canary onload=alert(1)>\"'&{{7*7}}"
# Columns that hold codes, states and secrets, not the words of people.
CODES = re.compile(
    r"(_hash|hash|code|key|state|outcome|kind|role|slug|zone|uid|email|language|country|represents|stakeholder_type|colour|ink|shape"
    r"|letter|verb|thing|about|message_id|to|state|policy|outline|block|origin|ceiling|support|rule|digest|sha256|content_type"
    r"|method|verdict|gender|version_num|next_page|name_language|own_language|answer|delivery|act|previous|dedupe|reason_code"
    r"|audience|tag|endpoint|p256dh|auth|credential_kind|delegation_role|content_id|address|source_key|symbol|read|folded_name|wanted)$"
)


@pytest.fixture
def world(app: Flask) -> World:
    """A world in which every text that people type ends in a canary."""
    world = World()
    with transaction():
        for table in Base.metadata.sorted_tables:
            columns = [c for c in table.columns if isinstance(c.type, (String, Text)) and not CODES.search(c.name)]
            if table.name == "report":
                columns = [c for c in columns if c.name != "name"]
            for column in columns:
                db.session.execute(update(table).where(column != "").values({column: column + CANARY}))
    return world


def test_the_canaries_are_out(world: World) -> None:
    person = db.session.scalar(select(func.count()).select_from(Person).where(Person.name.contains("<canary")))
    assert person == len(db.session.scalars(select(Person.id)).all())


@pytest.mark.parametrize("role", [VISITOR, ORGANIZER, ADMINISTRATOR])
def test_no_page_lets_a_canary_fly(app: Flask, world: World, client: PageClient, role: str) -> None:
    if role != VISITOR:
        client.sign_in(db.session.get_one(Person, world.people[role]))
    seen = 0
    for line in lines(app):
        if line.method != "GET" or any(f"<{secret}>" in line.path for secret in SECRETS):
            continue
        answer = client.get(address(line, world.of_path(line.path)))
        assert answer.status_code < 500, line.path
        if answer.mimetype in ("text/html", "text/plain", "image/svg+xml"):
            assert "<canary" not in answer.text, f"{line.path} shows what was typed as markup"
            assert "&amp;49" not in answer.text and "&49" not in answer.text, f"{line.path} runs what was typed"
            seen += "&lt;canary" in answer.text
    assert seen > 2


def test_a_canary_that_flies_is_seen() -> None:
    """The page client itself refuses a page with a handler in it."""
    page = "<!doctype html><html lang=en><title>x</title><h1 onload=x>Ada</h1></html>"
    with pytest.raises(AssertionError, match="onload"):
        check_page(page, "/x")
