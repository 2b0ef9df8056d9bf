"""The empty form that is drawn once: the same page for everybody, but for the two values that nobody shares."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import func, select

from eventapp.db import db, transaction
from eventapp.meetings.models import Category, Meeting
from eventapp.registration import fresh
from eventapp.registration.fresh import MOST_PAGES, FreshForms, forms_of, without
from eventapp.registration.models import Registration
from tests import make
from tests.browserless import PageClient
from tests.make import TODAY
from tests.make_registration import confirmed
from tests.registration.filling import set_clock, typed

KEY = re.compile(r'name="key"[^>]* value="([^"]+)"')
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    set_clock(monkeypatch, TODAY)


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch, app: Flask) -> Iterator[list[str]]:
    """Every page that is kept, as it comes; none is kept yet."""
    pages: list[str] = []
    keep = FreshForms.keep

    def watched(forms: FreshForms, question: object, pieces: fresh.Pieces) -> None:
        pages.append(b"".join(pieces).decode())
        keep(forms, question, pieces)

    monkeypatch.setattr(FreshForms, "keep", watched)
    yield pages
    forms_of(app).kept.clear()


def visitor(app: Flask) -> PageClient:
    client = app.test_client()
    assert isinstance(client, PageClient)
    return client


def page(client: PageClient, meeting: Meeting, **more: object) -> str:
    answer = client.get(f"/meetings/{meeting.slug}/registration/new", **more)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store, private")
    assert (answer.mimetype, "Cookie" in answer.vary) == ("text/html", True)
    return answer.text


def two_values(text: str) -> tuple[str, str]:
    (key,), (token,) = KEY.findall(text), TOKEN.findall(text)
    return key, token


def but_for_them(text: str) -> str:
    key, token = two_values(text)
    return text.replace(key, "KEY").replace(token, "TOKEN")


def test_two_visitors_get_values_of_their_own_and_both_can_register(app: Flask, drawn: list[str]) -> None:
    meeting = make.meeting()
    category = make.category(meeting)
    clients = [visitor(app), visitor(app)]

    pages = [page(one, meeting) for one in clients]

    assert len(drawn) == 1
    (key, token), (other_key, other_token) = map(two_values, pages)
    assert (key != other_key, token != other_token) == (True, True)
    assert [value in drawn[0] for value in (key, token, other_key, other_token)] == [False] * 4
    for number, (client, (own_key, own_token)) in enumerate(zip(clients, map(two_values, pages), strict=True)):
        answers = typed(category, key=own_key, csrf_token=own_token, email=f"visitor{number}@example.org")
        sent = client.post(f"/meetings/{meeting.slug}/registration", data=answers, csrf=False)
        assert (sent.status_code, sent.location) == (303, f"/meetings/{meeting.slug}/registration/done")
    assert db.session.scalar(select(func.count()).select_from(Registration)) == 2


def test_the_token_of_one_visitor_does_not_serve_another(app: Flask) -> None:
    meeting = make.meeting()
    category = make.category(meeting)
    one, other = visitor(app), visitor(app)
    page(one, meeting)
    _key, token = two_values(page(other, meeting))

    sent = one.post(f"/meetings/{meeting.slug}/registration", data=typed(category, csrf_token=token), csrf=False)

    assert sent.status_code == 400


def test_the_page_is_the_drawn_one_but_for_the_two_values(
    app: Flask, drawn: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting = make.meeting()
    make.category(meeting)
    kept = [but_for_them(page(visitor(app), meeting)) for _time in range(2)]

    monkeypatch.setattr(fresh, "is_for_everybody", lambda: False)
    anew = but_for_them(page(visitor(app), meeting))

    assert (kept, len(drawn)) == ([anew, anew], 1)


def test_every_language_has_its_own(app: Flask, drawn: list[str]) -> None:
    meeting = make.meeting()
    make.category(meeting)
    headers = {"Accept-Language": "fr"}

    pages = [page(visitor(app), meeting), *(page(visitor(app), meeting, headers=headers) for _time in range(2))]

    assert [re.findall(r'<html lang="(\w+)"', text) for text in pages] == [["en"], ["fr"], ["fr"]]
    assert len(drawn) == 2


def test_a_change_shows_at_once(app: Flask, drawn: list[str]) -> None:
    meeting = make.meeting(capacity=1)
    category = make.category(meeting, name="Civil society")
    before = page(visitor(app), meeting)
    with transaction():
        db.session.get_one(Category, category.id).name = "Friends of the review"
    renamed = page(visitor(app), meeting)
    with transaction():
        db.session.get_one(Meeting, meeting.id).title = "Autumn review"
    retitled = page(visitor(app), meeting)
    confirmed(meeting, category, delegation="Guild of Cartographers")
    full = page(visitor(app), meeting)

    told = [
        [words in text for words in ("Friends of the review", "Autumn review", "Cartographers", "Every place is taken")]
        for text in (before, renamed, retitled, full)
    ]
    assert told == [
        [False, False, False, False],
        [True, False, False, False],
        [True, True, False, False],
        [True, True, True, True],
    ]


def test_nothing_is_kept_of_somebody_signed_in_or_of_a_query(app: Flask, drawn: list[str]) -> None:
    meeting = make.meeting()
    make.category(meeting)
    name = make.person("Grace Hopper")

    own = page(visitor(app).sign_in(name), meeting)
    asked = visitor(app).get(f"/meetings/{meeting.slug}/registration/new?language=ar")
    everybodys = page(visitor(app), meeting)

    assert ["Grace Hopper" in text for text in (own, asked.text, everybodys)] == [True, False, False]
    assert ("language=ar" in str(asked.headers["Set-Cookie"]), len(drawn)) == (True, 1)
    assert "Grace Hopper" in page(visitor(app).sign_in(name), meeting)


def test_a_page_that_does_not_hold_each_value_once_is_not_kept() -> None:
    token, key = b"token", b"key"

    assert without(b"a token b key c", token, key) == (b"a ", b" b ", b" c")
    assert [without(text, token, key) for text in (b"a key b", b"key token", b"token token key")] == [None] * 3


def test_the_page_longest_unused_makes_room() -> None:
    forms = FreshForms()
    for number in range(MOST_PAGES):
        forms.keep(number, (b"", b"", b""))
    forms.pieces_of(0)

    forms.keep("one more", (b"", b"", b""))

    assert (forms.pieces_of(0), forms.pieces_of(1), len(forms.kept)) == ((b"", b"", b""), None, MOST_PAGES)
