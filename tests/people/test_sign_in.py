"""Signing in over HTTP: the link, the six figures, and what neither tells a stranger."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import event, func, select
from sqlalchemy.exc import OperationalError

from eventapp.ground.db import db
from eventapp.history.models import Entry
from eventapp.mail.models import Letter
from eventapp.people import current
from eventapp.people.models import Person, SignIn, SignInRequest
from eventapp.people.sign_in import views
from tests import make
from tests.browserless import PageClient

LATER = make.TODAY + timedelta(minutes=20)


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    set_clock(monkeypatch, make.TODAY)


def set_clock(monkeypatch: pytest.MonkeyPatch, moment: object) -> None:
    for room in (views, current):
        monkeypatch.setattr(room, "now", lambda: moment)


def ask(client: PageClient, email: str, **more: str) -> None:
    assert client.post("/sign-in", data={"email": email, **more}).status_code == 303


def letter_to(email: str) -> Letter:
    db.session.rollback()
    return db.session.scalars(select(Letter).where(Letter.to == email).order_by(Letter.id.desc())).first()  # type: ignore[return-value]


def link_in(letter: Letter) -> str:
    found = re.search(r"http://localhost(/sign-in/\S+)", letter.text)
    assert found
    return found.group(1)


def code_in(letter: Letter) -> str:
    found = re.search(r"\b\d{6}\b", letter.text)
    assert found
    return found.group()


def who(client: PageClient) -> str | None:
    page = client.get("/account")
    return page.text if page.status_code == 200 else None


def test_a_link_signs_in_once(client: PageClient) -> None:
    email = make.person("Anong Suksawat").email
    ask(client, email.upper(), next="/account")
    link = link_in(letter_to(email))

    assert client.get(link).status_code == 200 and who(client) is None  # opening it spends nothing
    answer = client.post(link)

    assert (answer.status_code, answer.location) == (303, "/account")
    assert "Anong Suksawat" in (who(client) or "")
    assert client.post(link).status_code == 409


def test_a_code_signs_in_another_browser(app: Flask, client: PageClient) -> None:
    email = make.person().email
    ask(client, email)
    other = app.test_client()

    answer = other.post("/sign-in/code", data={"email": email, "code": code_in(letter_to(email))})

    assert answer.status_code == 303
    assert other.get("/account").status_code == 200
    assert who(client) is None


def test_five_wrong_codes_spend_the_right_one(client: PageClient) -> None:
    email = make.person().email
    ask(client, email)
    right = code_in(letter_to(email))
    wrong = "000000" if right != "000000" else "111111"

    for _ in range(5):
        page = client.post("/sign-in/code", data={"email": email, "code": wrong})
        assert (page.status_code, "That code is not right" in page.text) == (422, True)

    assert client.post("/sign-in/code", data={"email": email, "code": right}).status_code == 422


def test_a_code_of_somebody_else_opens_nothing(client: PageClient) -> None:
    ada, grace = make.person("Ada").email, make.person("Grace").email
    ask(client, ada)
    ask(client, grace)

    assert client.post("/sign-in/code", data={"email": ada, "code": code_in(letter_to(grace))}).status_code == 422


def test_a_link_dies_after_twenty_minutes(client: PageClient, monkeypatch: pytest.MonkeyPatch) -> None:
    email = make.person().email
    ask(client, email)
    set_clock(monkeypatch, LATER)

    assert client.post(link_in(letter_to(email))).status_code == 409


def test_a_stranger_gets_the_same_answer(app: Flask) -> None:
    email = make.person().email
    answers = []
    for address in (email, "stranger@example.org"):
        browser = app.test_client()
        sent = browser.post("/sign-in", data={"email": address})
        page = browser.get("/sign-in/sent").text.replace(address, "…")
        answers.append((sent.status_code, sent.location, re.sub(r'value="[^"]{40,}"', "", page)))

    assert answers[0] == answers[1]
    letter = letter_to("stranger@example.org")
    assert (letter.subject, "/sign-in/" in letter.text) == ("Signing in: we do not know this address", False)


def test_known_and_unknown_cost_the_same_statements(app: Flask) -> None:
    """The same work is the same time; the number of statements can be compared without a stopwatch."""
    email = make.person().email
    counts = []
    for address in (email, "stranger@example.org"):
        with counted() as seen:
            app.test_client().post("/sign-in", data={"email": address})
        counts.append(len(seen))
    assert counts[0] == counts[1]


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements that run inside."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield seen
    event.remove(db.engine, "before_cursor_execute", note)


def test_nothing_at_rest_opens_a_door(client: PageClient) -> None:
    email = make.person().email
    ask(client, email)
    letter = letter_to(email)
    request = db.session.scalars(select(SignInRequest)).one()

    assert link_in(letter).removeprefix("/sign-in/") not in (request.link_hash, request.code_hash)
    assert code_in(letter) not in request.code_hash


def test_a_bad_address_keeps_what_was_typed(client: PageClient) -> None:
    page = client.post("/sign-in", data={"email": "anong@mdes"})

    assert page.status_code == 422
    assert 'value="anong@mdes"' in page.text and "<title>Error: " in page.text
    assert db.session.scalar(select(func.count()).select_from(SignInRequest)) == 0


@pytest.mark.parametrize(
    "address", ["u@e.org, v@e.org", "u@e.org\r\nBcc: v@e.org", "é@example.org", "u@", "@e.org", "u@e"]
)
def test_one_mailbox_exactly(client: PageClient, address: str) -> None:
    assert client.post("/sign-in", data={"email": address}).status_code == 422


@pytest.mark.parametrize(
    "page",
    [
        "//e.org",
        "/\\e.org",
        "\t//e.org",
        "https://e.org",
        "https:e.org",
        "javascript:alert(1)",
        "/\t/e.org",
        "@e.org",
        "///e.org",
    ],
)
def test_the_way_on_stays_on_the_site(client: PageClient, page: str) -> None:
    email = make.person().email
    ask(client, email, next=page)

    assert client.post(link_in(letter_to(email))).location == "/"


def test_the_host_is_that_of_the_socket_and_never_of_a_header(client: PageClient) -> None:
    email = make.person().email
    for number in range(6):
        client.post("/sign-in", data={"email": email}, headers={"X-Forwarded-For": f"203.0.113.{number}"})
    for number in range(11):
        headers = {"X-Forwarded-For": f"203.0.113.{number}"}
        answer = client.post("/sign-in/code", data={"email": email, "code": "12"}, headers=headers)

    assert db.session.scalar(select(func.count()).select_from(Letter)) == 2  # one, and one more from this host
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "900")


def test_a_sign_in_is_a_row_one_can_see_and_end(app: Flask, client: PageClient) -> None:
    somebody = make.person("Anong Suksawat")
    number = somebody.id
    there = app.test_client()
    there.sign_in(somebody)  # type: ignore[attr-defined]
    client.sign_in(db.session.get_one(Person, number))
    elsewhere = db.session.scalars(select(SignIn).order_by(SignIn.id)).first()
    assert elsewhere

    client.post(f"/account/sign-ins/{elsewhere.id}/end")

    assert there.get("/account").status_code == 302
    assert client.get("/account").status_code == 200
    assert [entry.verb for entry in db.session.scalars(select(Entry))] == ["signed out"]


def test_nobody_ends_the_sign_in_of_somebody_else(app: Flask, client: PageClient) -> None:
    other = make.person("Grace")
    app.test_client().sign_in(other)  # type: ignore[attr-defined]
    row = db.session.scalars(select(SignIn)).one().id
    client.sign_in(make.person("Ada"))

    assert client.post(f"/account/sign-ins/{row}/end").status_code == 404


def test_a_stolen_cookie_is_dead_after_signing_out(app: Flask, client: PageClient) -> None:
    client.sign_in(make.person())
    cookie = client.get_cookie("session")
    assert cookie
    client.post("/sign-out")
    thief = app.test_client()
    thief.set_cookie("session", cookie.value)

    assert thief.get("/account").status_code == 302


@pytest.mark.parametrize(("hours", "status"), [(11, 200), (12, 302)])
def test_twelve_idle_hours_end_a_sign_in(
    client: PageClient, monkeypatch: pytest.MonkeyPatch, hours: int, status: int
) -> None:
    client.sign_in(make.person())
    row = db.session.scalars(select(SignIn)).one()
    set_clock(monkeypatch, row.last_seen_at + timedelta(hours=hours))

    assert client.get("/account").status_code == status


def test_seven_days_end_it_in_any_case(client: PageClient, monkeypatch: pytest.MonkeyPatch) -> None:
    client.sign_in(make.person())
    start = db.session.scalars(select(SignIn)).one().signed_in_at
    for hour in range(0, 7 * 24, 11):
        set_clock(monkeypatch, start + timedelta(hours=hour))
        assert client.get("/account").status_code == 200
    set_clock(monkeypatch, start + timedelta(days=7))

    assert client.get("/account").status_code == 302


def test_a_sign_in_is_seen_at_most_every_five_minutes(client: PageClient, monkeypatch: pytest.MonkeyPatch) -> None:
    client.sign_in(make.person())
    start = db.session.scalars(select(SignIn)).one().last_seen_at
    seen = []
    for minutes in (4, 6, 10, 12):
        set_clock(monkeypatch, start + timedelta(minutes=minutes))
        client.get("/account")
        seen.append(db.session.scalars(select(SignIn)).one().last_seen_at - start)

    assert seen == [timedelta(minutes=minutes) for minutes in (0, 6, 6, 12)]


def test_a_busy_database_costs_no_answer_for_the_sake_of_a_clock(
    client: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(_sign_in: int, *, at: object) -> None:
        raise OperationalError("UPDATE", {}, Exception("database is locked"))

    client.sign_in(make.person())
    set_clock(monkeypatch, db.session.scalars(select(SignIn)).one().last_seen_at + timedelta(hours=1))
    monkeypatch.setattr(views, "see", busy)

    assert client.get("/account").status_code == 200


def test_signing_in_starts_a_new_session(client: PageClient) -> None:
    with client.session_transaction() as session:
        session["planted"] = "by somebody else"
    email = make.person().email
    ask(client, email)
    client.post(link_in(letter_to(email)))

    with client.session_transaction() as session:
        assert "planted" not in session
