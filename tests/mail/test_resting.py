"""A mail server that cannot be talked to is left alone for a while: jobs begin meanwhile, and other letters wait whole."""

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime

import pytest
from flask import Flask

from eventapp.ground.db import db
from eventapp.ground.jobs.alarm import Alarm
from eventapp.ground.jobs.lanes import Lane
from eventapp.ground.jobs.stopping import Stop
from eventapp.mail.models import Letter
from eventapp.mail.sending import delivery, smtp
from eventapp.mail.sending.smtp import mailer
from tests import make
from tests.mail.smtp import PostOffice, open_office
from tests.make_mail import letter

NOBODY_LISTENS = 1


class Clock:
    """Seconds that pass only where a test says so."""

    seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


class Rounds(Stop):
    """Says stop after so many rounds of the worker, which rests no moment between two."""

    def __init__(self, left: int) -> None:
        super().__init__()
        self.left = left

    def is_set(self) -> bool:
        self.left -= 1
        return self.left < 0


class Looked(Lane):
    """Counts how often it was looked at."""

    times = 0

    def look(self, at: datetime, stop: Stop) -> None:
        self.times += 1


@pytest.fixture
def clock(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(smtp, "monotonic", clock)
    monkeypatch.setattr(delivery, "now", lambda: make.TODAY)
    monkeypatch.setattr(Alarm, "wait", lambda *_one: False)
    app.config["MAIL_TIMEOUT"] = 2
    app.extensions["mail"].port = NOBODY_LISTENS
    return clock


@pytest.fixture
def office(app: Flask) -> Iterator[PostOffice]:
    with open_office(PostOffice()) as office:
        yield office


def worked(talk: smtp.SafeConnection, rounds: int) -> int:
    """Let a worker go round so often: how often it looked whether a job is due."""
    lane = Looked((), (), delivery.MINUTE)
    with closing(Alarm()) as alarm, delivery.receipts_here() as receipts:
        delivery.work_until(Rounds(rounds), [lane], talk, alarm, receipts)
    return lane.times


def tries(*letters: Letter) -> list[int]:
    db.session.expire_all()
    return [one.attempts for one in letters]


def test_one_letter_finds_out_and_the_others_wait_until_the_server_is_back(
    app: Flask, clock: Clock, office: PostOffice
) -> None:
    letters = [letter() for _ in range(3)]
    with mailer.connect() as talk:
        assert worked(talk, rounds=8) == 8
        assert tries(*letters) == [1, 0, 0] and talk.rests
        app.extensions["mail"].port = office.port
        worked(talk, rounds=4)
        assert tries(*letters) == [1, 0, 0], "it is left alone still"
        clock.seconds += smtp.REST
        worked(talk, rounds=4)
    assert tries(*letters) == [1, 1, 1] and office.recipients == [one.to for one in letters[1:]]


def test_control_without_the_rest_each_letter_calls_the_server(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtp.SafeConnection, "rests", False)
    letters = [letter() for _ in range(3)]
    with mailer.connect() as talk:
        worked(talk, rounds=8)
    assert tries(*letters) == [1, 1, 1]


def test_who_was_waited_for_long_is_left_alone_for_three_times_as_long(
    app: Flask, clock: Clock, office: PostOffice
) -> None:
    def late(_office: PostOffice, _to: str) -> str:
        clock.seconds += 20
        return "drop"

    app.extensions["mail"].port, office.at_data = office.port, late
    letter()
    with mailer.connect() as talk:
        worked(talk, rounds=1)
        clock.seconds += 59
        assert talk.rests
        clock.seconds += 1
        assert not talk.rests


@pytest.mark.parametrize("answer", ["550 No such user", "451 Greylisted"])
def test_a_letter_that_the_server_does_not_take_stops_no_other(
    app: Flask, clock: Clock, office: PostOffice, answer: str
) -> None:
    first, second = letter().to, letter().to
    office.at_rcpt = lambda _office, to: answer if to == first else "250 Taken"
    app.extensions["mail"].port = office.port
    with mailer.connect() as talk:
        worked(talk, rounds=2)
        assert not talk.rests
    assert office.recipients == [second]
