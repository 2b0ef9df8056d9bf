"""A form that is only to be shown in another language changes nothing, wherever it is sent."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from flask import Flask
from sqlalchemy import event, select

from eventapp.ground.db import db
from eventapp.ground.db.types import Base
from eventapp.ground.web.redraw.guard import MAY_CHANGE
from eventapp.operations.permissions import lines
from eventapp.people.models import Person
from tests import make
from tests.browserless import PageClient
from tests.house.test_access import address
from tests.house.test_odd_input import links_of
from tests.house.world import ADMINISTRATOR, World

BY_ITSELF = (*MAY_CHANGE, "sign_in")  # says when somebody was seen last
NOT_PAGES = ("/api/", "/mailbox/", "/unsubscribe/")  # what programs send, without the field


def everything() -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    db.session.rollback()
    tables = (table for name, table in Base.metadata.tables.items() if name not in BY_ITSELF)
    return {table.name: [tuple(row) for row in db.session.execute(select(table))] for table in tables}


@contextmanager
def more_than_reading() -> Iterator[list[str]]:
    """The statements that are no SELECT: where there was none, nothing need be read to know that nothing changed."""
    found: list[str] = []

    def asked(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if not statement.lstrip().startswith("SELECT"):
            found.append(statement)

    event.listen(db.engine, "before_cursor_execute", asked)
    try:
        yield found
    finally:
        event.remove(db.engine, "before_cursor_execute", asked)


def test_no_route_does_anything_with_a_form_that_is_only_to_be_shown(app: Flask) -> None:
    world = World()
    links = links_of(world)
    app.config.update(PROPAGATE_EXCEPTIONS=False, CLOCK_OFFSET=make.TODAY - datetime.now(UTC))
    client = app.test_client()
    assert isinstance(client, PageClient)
    client.lint = False
    client.sign_in(db.session.get_one(Person, world.people[ADMINISTRATOR]))
    before, wrong = everything(), []
    for line in lines(app):
        if line.method != "POST" or line.path.startswith(NOT_PAGES):
            continue
        token = links.get(line.path.partition("<")[0], "made-up")
        path = address(line, {**world.of_path(line.path), "token": token, "link": token})
        with more_than_reading() as statements:
            answer = client.post(path, data={**world.named, "redraw": "fr"})
        after = everything() if statements else before
        changed = [name for name, rows in after.items() if rows != before[name]]
        if changed or answer.status_code >= 500:
            wrong.append(f"{line.path}: {answer.status_code}, changed {changed}")
            before = after
    assert wrong == []


def test_what_is_written_is_noticed(app: Flask) -> None:
    with more_than_reading() as statements:
        everything()
        assert statements == []
        make.person()
    assert statements
