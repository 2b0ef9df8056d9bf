from datetime import timedelta

import pytest
from flask import Flask

from eventapp.ground.db import transaction
from eventapp.registration import cli
from eventapp.registration.models import APPROVED, LAPSED, UNCONFIRMED, WAITING
from tests import make
from tests.make import TODAY
from tests.make_registration import asked, confirmed, states


def test_old_requests_are_let_go(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "now", lambda: TODAY + timedelta(hours=49))
    old, young = asked(make.meeting()), asked(make.meeting(), at=TODAY + timedelta(hours=2))

    answer = app.test_cli_runner().invoke(args=["registration", "lapse"])

    assert (answer.output, states(old, young)) == ("1 lapsed.\n", [LAPSED, UNCONFIRMED])


def test_free_places_are_given_to_those_who_wait(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "now", lambda: TODAY)
    meeting = make.meeting(slug="spring", capacity=1)
    category = make.category(meeting)
    everybody = [confirmed(meeting, category) for _ in range(3)]
    with transaction():
        meeting.capacity = 2

    answer = app.test_cli_runner().invoke(args=["registration", "offer"])

    assert answer.output == "spring: R-0002 has a place now.\n"
    assert states(*everybody) == [APPROVED, APPROVED, WAITING]
