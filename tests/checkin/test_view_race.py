"""The same promise over HTTP: one badge read by eight stewards in one moment."""

import threading
from collections import Counter
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from eventapp.badges.actions import issue
from eventapp.badges.queries import code_of
from eventapp.checkin import actions
from eventapp.checkin import labels as told
from eventapp.checkin.labels import first_arrival
from eventapp.checkin.models import ALREADY, WELCOME
from eventapp.ground.db import db, sqlite, transaction
from eventapp.meetings.models import STEWARD
from tests import make
from tests.browserless import PageClient
from tests.checkin.test_race import RIVALS, together
from tests.conftest import ON_POSTGRESQL
from tests.make_checkin import gate

KEPT = {WELCOME: 1, ALREADY: RIVALS - 1}


def test_one_badge_read_by_eight_stewards_is_welcomed_once(app: Flask) -> None:
    assert rush(app) == KEPT


@pytest.mark.usefixtures("fresh_app")
def test_without_its_guard_the_view_does_not_keep_that(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: on PostgreSQL several are welcomed; on SQLite the losers find the database locked."""
    everybody = threading.Barrier(RIVALS, timeout=60)
    monkeypatch.setattr(told, "locked", lambda query: query)
    monkeypatch.setattr(actions, "first_arrival", together(everybody, first_arrival))
    if not ON_POSTGRESQL:
        event.remove(db.engine, "begin", sqlite.begin)
        event.listen(db.engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))

    assert rush(app) != KEPT


def rush(app: Flask) -> Counter[str]:
    """What the door says to so many readings at once at two gates."""
    meeting = make.meeting(slug="spring")
    registration, steward = make.registration(meeting), make.staff(meeting, STEWARD)
    doors = [gate(meeting).code, gate(meeting).code]
    with transaction():
        issue(registration, by=None, at=make.TODAY)
    code = code_of(registration)
    stewards = [signed_in(app, steward) for _rival in range(RIVALS)]
    db.session.remove()
    start, said = threading.Barrier(RIVALS), list[str]()

    def read(number: int) -> None:
        data = {"code": code, "key": f"reading-{number:03d}", "method": "camera"}
        path = f"/meetings/spring/door/{doors[number % 2]}/scans"
        with app.app_context():
            start.wait()
            answer = stewards[number].post(path, data=data, headers={"Accept": "application/json"})
        said.append(answer.get_json()["verdict"] if answer.status_code == 200 else str(answer.status_code))

    rivals = [threading.Thread(target=read, args=(number,)) for number in range(RIVALS)]
    for rival in rivals:
        rival.start()
    for rival in rivals:
        rival.join()
    return Counter(said)


def signed_in(app: Flask, person: Any) -> PageClient:
    client = app.test_client()
    assert isinstance(client, PageClient)
    return client.sign_in(person)
