"""Who is registered asks for notices on My agenda, and ends them."""

import pytest
from flask import Flask

from eventapp.ground.db import db
from eventapp.home.registration.everything import all_about
from eventapp.push.models import PushSubscription
from eventapp.registration.entry import own_token
from eventapp.registration.models import Registration
from tests import make
from tests.browserless import PageClient
from tests.make_agenda import NINE, published

BROWSER = {
    "endpoint": "https://fcm.googleapis.com/fcm/send/abc",
    "p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
    "auth": "BTBZMqHH6r4Tts7J_aSIgg",
}


@pytest.fixture
def registration(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Registration:
    monkeypatch.setitem(app.config, "PUSH_KEY", "0123456789abcdef" * 4)
    meeting = make.meeting(slug="spring")
    make.session(meeting, code="S0", title="Opening", starts_at=NINE)
    published(meeting)
    return make.registration(meeting, person=make.person("Cleo", email="cleo@example.org"))


def test_a_browser_is_added_and_ended(client: PageClient, registration: Registration) -> None:
    mine = f"/registrations/{own_token(registration)}"
    page = client.get(f"{mine}/agenda").text
    assert "Show notices in this browser" in page and "<push-ask hidden" in page
    assert client.post(f"{mine}/notices", data=BROWSER).status_code == 303
    page = client.get(f"{mine}/agenda").text
    assert "A browser, since" in page
    assert "fcm.googleapis.com" in str(all_about(registration))
    number = db.session.query(PushSubscription).one().id
    assert client.post(f"{mine}/notices/end", data={"number": "0"}).status_code == 303
    assert client.post(f"{mine}/notices/end", data={"number": str(number)}).status_code == 303
    assert db.session.query(PushSubscription).count() == 0


def test_an_address_of_a_house_is_refused_with_a_sentence(client: PageClient, registration: Registration) -> None:
    mine = f"/registrations/{own_token(registration)}"
    data = {**BROWSER, "endpoint": "https://169.254.169.254/latest"}
    answer = client.post(f"{mine}/notices", data=data)
    assert answer.status_code == 409 and "is not one that we send to" in answer.text
    assert db.session.query(PushSubscription).count() == 0


def test_without_a_key_nothing_is_offered(client: PageClient, registration: Registration, app: Flask) -> None:
    app.config["PUSH_KEY"] = ""
    assert "<push-ask" not in client.get(f"/registrations/{own_token(registration)}/agenda").text
