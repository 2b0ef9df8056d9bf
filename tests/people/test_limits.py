"""What stands between a stranger and somebody's sign-in: one mailbox and one house count once, however they are written."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.ground.db import db, transaction
from eventapp.ground.jobs.scheduler import work_through
from eventapp.mail.models import Letter
from eventapp.people import current
from eventapp.people.limits import allow, host_of
from eventapp.people.models import RateHit
from eventapp.people.queries import person_at
from eventapp.people.sign_in import views
from eventapp.people.sign_in.forms import CodeForm
from tests import make
from tests.browserless import PageClient

IN_MANY_WAYS = (
    *("ada@bücher.example", "ADA@xn--bcher-kva.example", "ada@ｂücher.example"),
    *("ada@bücher．example", "ada@BÜCHER.example"),
)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> list[timedelta]:
    """What was added to the clock: a test may move it."""
    later = [timedelta()]
    for room in (views, current):
        monkeypatch.setattr(room, "now", lambda: make.TODAY + later[0])
    return later


def test_one_mailbox_counts_once_however_it_is_written(client: PageClient) -> None:
    for email in IN_MANY_WAYS:
        assert client.post("/sign-in", data={"email": email}).status_code == 303
    db.session.rollback()
    assert list(db.session.scalars(select(Letter.to))) == ["ada@xn--bcher-kva.example"] * 2
    tries = [{"email": email, "code": "123456"} for email in IN_MANY_WAYS * 2]
    assert {client.post("/sign-in/code", data=one).status_code for one in tries} == {422}
    assert client.post("/sign-in/code", data=tries[0]).status_code == 429


def test_one_mailbox_is_one_person_however_it_is_written(app: Flask) -> None:
    ada = make.person("Ada", email="ada@xn--bcher-kva.example")
    assert [person_at(email) for email in IN_MANY_WAYS] == [ada] * 5


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("unix:", "unix:"),
    ],
)
def test_a_house_has_one_line_however_many_addresses_it_has(address: str, host: str) -> None:
    assert host_of(address) == host


@pytest.mark.parametrize("typed", ["{} ", "{:.3}\u00a0{:.3}"])
def test_figures_of_every_script_are_figures(client: PageClient, typed: str) -> None:
    form = CodeForm(email="ada@example.org")
    for zero in (0x30, 0x660, 0x6F0, 0x966, 0xE50, 0x1040, 0x17E0, 0xFF10):
        figures = "".join(chr(zero + int(figure)) for figure in "204817")
        form.code.data = typed.format(figures, figures[3:]) if typed.count("{") > 1 else typed.format(figures)
        assert form.figures() == "204817"


def test_tries_are_forgotten_when_no_window_reaches_them(app: Flask) -> None:
    week, at = timedelta(days=7), make.TODAY
    with transaction():
        allow("old from 203.0.113.9", most=5, per=timedelta(days=1), at=at - week)
        allow("new from 203.0.113.9", most=5, per=timedelta(days=1), at=at)
    jobs = [job for job in app.extensions["jobs"] if job.name == "forget tries"]
    assert work_through(jobs, at=at) == {"forget tries": 1}
    assert list(db.session.scalars(select(RateHit.key))) == ["new from 203.0.113.9"]
    assert work_through(jobs, at=at) == {}
