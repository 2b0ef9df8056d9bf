"""Every secret link goes through one gate: what it opens, and what it says where it opens nothing any more."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from eventapp.ground.clock import now
from eventapp.ground.db import db, transaction
from eventapp.history.models import Entry
from eventapp.links.actions import end, issue
from eventapp.links.models import Link
from tests.browserless import PageClient
from tests.links.doors import DOORS, Door, state

YEAR = timedelta(days=365)


@pytest.fixture(params=sorted(DOORS))
def door(app: Flask, request: pytest.FixtureRequest) -> Door:
    return DOORS[request.param]()


def test_opening_a_link_does_nothing(client: PageClient, door: Door) -> None:
    before = state()
    for _time in range(2):  # a mail scanner opens it, and then whoever it was sent to
        assert client.get(door.address).status_code == 200
        assert client.head(door.address).status_code == 200
    assert state() == before


def test_its_button_pressed_twice_is_pressed_once(client: PageClient, door: Door) -> None:
    assert client.post(door.address + door.sends, data=door.form).status_code in {200, 303}
    once = len(db.session.scalars(select(Entry.id)).all())
    assert client.post(door.address + door.sends, data=door.form).status_code in {200, 303}
    assert len(db.session.scalars(select(Entry.id)).all()) == once


def test_a_link_opens_nothing_but_what_it_was_made_for(client: PageClient, door: Door) -> None:
    for other in DOORS.values():
        there = other()
        if there.before != door.before:
            assert client.get(there.before + door.token).status_code == 404
            assert client.post(there.before + door.token + there.sends, data=there.form).status_code == 404
    for wrong in (door.token[:-1], door.token + "x", door.token.upper(), "x" * 32, "x" * 5000):
        assert client.get(door.before + wrong).status_code == 404


def test_words_sent_to_a_link_that_nobody_has_come_back(client: PageClient, door: Door) -> None:
    words = "Two hundred villages, <b>not</b> twenty."
    before = state()
    answer = client.post(f"{door.before}made-up{door.sends}", data={**door.form, "text": f"{words}\r\nAsk me."})
    assert answer.status_code == 404
    assert "Two hundred villages, &lt;b&gt;not&lt;/b&gt; twenty." in answer.text and "Ask me." in answer.text
    assert answer.headers["Referrer-Policy"] == "no-referrer" and "no-store" in answer.headers["Cache-Control"]
    assert "We looked and there is nothing here." in client.post(f"{door.before}made-up{door.sends}").text
    assert state() == before


@pytest.mark.parametrize(
    ("way", "words"),
    [("ended", "It was ended."), ("replaced", "A newer link has taken its place."), ("expired", "It has expired.")],
)
def test_a_link_that_is_over_says_what_to_do_and_does_nothing(
    client: PageClient, door: Door, way: str, words: str
) -> None:
    with transaction():
        if way == "expired":
            db.session.execute(update(Link).values(expires_at=now()))
        else:
            end(door.purpose, door.row, at=now(), is_replaced=way == "replaced")
    before = state()
    for answer in (client.get(door.address), client.post(door.address + door.sends, data=door.form)):
        assert answer.status_code == 410
        assert words in answer.text and "secretariat@example.org" in answer.text
        assert answer.headers["Referrer-Policy"] == "no-referrer" and "no-store" in answer.headers["Cache-Control"]
    assert client.head(door.address).status_code == 410
    assert state() == before


def test_the_link_that_takes_the_place_of_another_opens(client: PageClient, door: Door) -> None:
    with transaction():
        end(door.purpose, door.row, at=now(), is_replaced=True)
        newer = issue(door.purpose, door.row, meeting_id=door.meeting_id, at=now(), expires_at=now() + YEAR)
    assert client.get(door.address).status_code == 410
    assert client.get(door.before + newer).status_code == 200


def test_no_secret_is_in_the_database_but_in_the_letter_that_carries_it(client: PageClient, door: Door) -> None:
    client.get(door.address)
    client.post(door.address + door.sends, data=door.form)
    assert [name for name, rows in state().items() if door.token in repr(rows) and name != "letter"] == []
