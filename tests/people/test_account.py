"""Where one is signed in: each sign-in with its days, for one lasts a week and is used on another day than it began."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from eventapp.ground.db import db
from eventapp.people import current
from eventapp.people.models import SignIn
from eventapp.people.sign_in import views
from tests import make
from tests.browserless import PageClient


def test_the_day_of_the_last_use_is_said_too(client: PageClient, monkeypatch: pytest.MonkeyPatch) -> None:
    for room in (views, current):
        monkeypatch.setattr(room, "now", lambda: make.TODAY + timedelta(days=2))
    client.sign_in(make.person("Anong Suksawat"))
    seen = make.TODAY + timedelta(days=2)
    db.session.execute(update(SignIn).values(signed_in_at=make.TODAY, last_seen_at=seen))
    db.session.commit()
    assert (
        "Signed in on 2 March 2026, 02:00 (UTC), last seen on 4 March 2026, 02:00 (UTC)" in client.get("/account").text
    )
