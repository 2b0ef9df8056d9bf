from http import HTTPStatus

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.ground.db import db
from eventapp.messages.models import Unsubscription
from eventapp.messages.unsubscribing.token import way_out
from tests import make
from tests.browserless import PageClient


@pytest.fixture
def way(app: Flask) -> str:
    return "/" + way_out(make.registration(make.meeting(slug="spring")))


def unsubscribed() -> int:
    db.session.expire_all()
    return len(db.session.scalars(select(Unsubscription)).all())


def test_opening_the_page_ends_nothing_and_its_button_does(client: PageClient, way: str) -> None:
    assert "Get only necessary letters?" in client.get(way).text
    assert unsubscribed() == 0
    client.post(way)
    assert unsubscribed() == 1
    assert "You get only necessary letters" in client.get(way).text
    client.post(way, data={"do": "subscribe"})
    assert unsubscribed() == 0


def test_a_mail_program_posts_it_without_a_session_or_token(client: PageClient, way: str) -> None:
    for _time in range(2):
        answer = client.post(way, data={"List-Unsubscribe": "One-Click"}, csrf=False)
        assert answer.status_code in (HTTPStatus.OK, HTTPStatus.SEE_OTHER)
    assert unsubscribed() == 1


def test_what_was_made_up_opens_nothing(client: PageClient, way: str) -> None:
    number = way.rsplit("/", maxsplit=1)[-1].split("-", maxsplit=1)[0]
    for made_up in (f"{number}-", f"{number}-{'0' * 40}", "x", f"{int(number) + 1}-{way.rsplit('-', maxsplit=1)[-1]}"):
        assert client.post(f"/unsubscribe/{made_up}", csrf=False).status_code == HTTPStatus.NOT_FOUND
    assert unsubscribed() == 0
