"""What stands between a stranger and somebody's sign-in: one mailbox and one house count once, however they are written."""

from datetime import timedelta

import pytest
from flask import Flask

from eventapp.people import current, views
from eventapp.people.forms import CodeForm
from eventapp.people.limits import host_of
from eventapp.people.queries import person_at
from tests import make
from tests.browserless import PageClient

IN_MANY_WAYS = (
    *("ada@bücher.example", "ADA@xn--bcher-kva.example", "ada@ｂücher.example"),
    *("ada@bücher．example", "ada@BÜCHER.example"),
)
CODE = {"email": "ada@example.org", "code": "123456"}


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> list[timedelta]:
    """What was added to the clock: a test may move it."""
    later = [timedelta()]
    for room in (views, current):
        monkeypatch.setattr(room, "now", lambda: make.TODAY + later[0])
    return later


def test_one_mailbox_counts_once_however_it_is_written(client: PageClient) -> None:
    codes = [client.post("/sign-in", data={"email": email}).status_code for email in [*IN_MANY_WAYS, IN_MANY_WAYS[0]]]
    assert codes == [303] * 5 + [429]
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


def test_codes_cannot_be_tried_all_day(client: PageClient, clock: list[timedelta]) -> None:
    codes = []
    for quarter in range(6):
        clock[0] = timedelta(minutes=15 * quarter)
        codes += [client.post("/sign-in/code", data=CODE).status_code for _ in range(10)]
    assert codes == [422] * 50 + [429] * 10


@pytest.mark.parametrize("typed", ["{} ", "{:.3}\u00a0{:.3}"])
def test_figures_of_every_script_are_figures(client: PageClient, typed: str) -> None:
    form = CodeForm(email="ada@example.org")
    for zero in (0x30, 0x660, 0x6F0, 0x966, 0xE50, 0x1040, 0x17E0, 0xFF10):
        figures = "".join(chr(zero + int(figure)) for figure in "204817")
        form.code.data = typed.format(figures, figures[3:]) if typed.count("{") > 1 else typed.format(figures)
        assert form.figures() == "204817"
