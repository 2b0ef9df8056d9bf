"""The session's cookie: proven once, but too old, forged or changed it is nobody's."""

from time import time

import pytest
from flask import Flask, session

from eventapp import cookies
from eventapp.gate import for_anyone
from tests.browserless import PageClient


@pytest.fixture
def client(app: Flask, client: PageClient) -> PageClient:
    @app.get("/said")
    @for_anyone
    def said() -> dict[str, object]:
        return dict(session)

    @app.get("/add")
    @for_anyone
    def add() -> str:
        session["words"].append("added")  # in place, which Flask does not notice: nothing is sent back
        return ""

    with client.session_transaction() as kept:
        kept["words"] = ["first"]
    return client


def test_what_a_cookie_says_is_read_anew_at_every_request(client: PageClient) -> None:
    client.get("/add")

    assert [client.get("/said").get_json() for _ in range(2)] == [{"words": ["first"]}] * 2


def test_a_forged_cookie_says_nothing(client: PageClient) -> None:
    cookie = client.get_cookie("session")
    assert cookie
    client.get("/said")
    client.set_cookie("session", cookie.value[:-2] + ("AA" if cookie.value[-2:] != "AA" else "BB"))

    assert client.get("/said").get_json() == {}


@pytest.mark.parametrize(("seconds", "said"), [(-60, {}), (60, {"words": ["first"]}), (7 * 86400 + 60, {})])
def test_a_cookie_that_was_proven_still_grows_old(
    client: PageClient, monkeypatch: pytest.MonkeyPatch, seconds: int, said: object
) -> None:
    client.get("/said")
    moment = time()
    monkeypatch.setattr(cookies, "time", lambda: moment + seconds)

    assert client.get("/said").get_json() == said
