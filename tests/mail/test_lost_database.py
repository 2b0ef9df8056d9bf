"""The database goes at any moment of a letter: it goes once, and at once when the database is there again."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from itertools import count

import pytest
from flask import Flask
from sqlalchemy import Connection, event, select
from sqlalchemy.exc import DBAPIError

from eventapp.ground.db import db
from eventapp.mail.models import SENT, Letter
from eventapp.mail.sending import delivery
from tests import make
from tests.ground.test_busy import end, ended_before
from tests.mail.smtp import PostOffice, open_office
from tests.make_mail import letter

Losing = Callable[[int], AbstractContextManager[Sequence[object]]]


@pytest.fixture
def office(fresh_app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[PostOffice]:
    monkeypatch.setattr(delivery, "now", lambda: make.TODAY)  # no lease ends
    monkeypatch.setattr(delivery, "TROUBLE", 0.01)
    with open_office(PostOffice()) as office:
        fresh_app.config["MAIL_TIMEOUT"] = 10
        fresh_app.extensions["mail"].port = office.port
        yield office


@contextmanager
def ended_after_commit(number: int) -> Iterator[list[int]]:
    """The database goes when this transaction (the first is 1) is kept, and before it says so."""
    done, ended = count(1), list[int]()

    def listen(connection: Connection) -> None:
        if next(done) == number:
            ended.append(number)
            driver = connection.connection.driver_connection
            assert driver
            driver.commit()
            end(connection)

    event.listen(db.engine, "commit", listen)
    yield ended
    event.remove(db.engine, "commit", listen)


def post_all() -> None:
    """What is due now is sent, by a worker that looks again where the database did not answer."""
    for _look in range(2):
        with suppress(DBAPIError):
            delivery.deliver()
        db.session.remove()


@pytest.mark.parametrize("losing", [ended_before, ended_after_commit])
def test_a_letter_goes_once_and_soon_whenever_the_database_goes(office: PostOffice, losing: Losing) -> None:
    for number in count(1):
        posted = letter(to=f"ada{number}@example.org").to
        db.session.remove()
        with losing(number) as came:
            post_all()
        assert office.recipients.count(posted) == 1, came
        assert set(db.session.scalars(select(Letter.state))) == {SENT}, came
        db.session.remove()
        if not came:
            break
    assert number > 2
