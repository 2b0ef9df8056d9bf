"""Several people keep one floor list: nobody speaks twice at once, whoever presses when."""

import threading
from collections import Counter
from contextlib import suppress
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, func, select, text
from sqlalchemy.exc import DBAPIError

from eventapp.agenda.models import Session
from eventapp.floor import actions
from eventapp.floor.models import FloorAct, Statement
from eventapp.floor.queries import running_in
from eventapp.ground.clock import now
from eventapp.ground.db import db, sqlite, transaction
from eventapp.ground.refusal import Refused
from eventapp.meetings.models import RAPPORTEUR
from tests import make
from tests.browserless import PageClient
from tests.conftest import ON_POSTGRESQL
from tests.make_floor import asked

RIVALS = 8
ONE = {"given": 1, "refused": RIVALS - 1}


def test_eight_start_eight_speakers_and_one_speaks(app: Flask) -> None:
    assert rush(app, speakers=RIVALS) == ONE
    assert speaking() == 1


def test_eight_start_one_speaker_and_it_is_one_turn(app: Flask) -> None:
    assert rush(app, speakers=1) == {"given": RIVALS}
    assert db.session.scalar(select(func.count()).where(FloorAct.act == actions.START)) == 1


@pytest.mark.usefixtures("fresh_app")
def test_without_its_guards_several_speak_at_once(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: the first test can fail."""
    unguarded(monkeypatch, keepers=RIVALS)

    assert rush(app, speakers=RIVALS) != ONE


def unguarded(monkeypatch: pytest.MonkeyPatch, *, keepers: int) -> None:
    """Without lock, pen and index: all look before anybody is written down."""
    everybody = threading.Barrier(keepers, timeout=60)

    def together(session: Session) -> Statement | None:
        found = running_in(session)
        with suppress(threading.BrokenBarrierError):
            everybody.wait()
        return found

    monkeypatch.setattr(actions, "lock", lambda row: None)
    monkeypatch.setattr(actions, "running_in", together)
    with db.engine.execution_options(writes=True).begin() as connection:
        connection.execute(text("DROP INDEX uq_statement_running"))
    if not ON_POSTGRESQL:  # there the one pen of BEGIN IMMEDIATE is a guard too
        event.remove(db.engine, "begin", sqlite.begin)
        event.listen(db.engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))


def test_two_keepers_press_start_for_two_speakers_and_one_speaks(app: Flask) -> None:
    assert keepers_press(app) == [303, 409]
    assert speaking() == 1


@pytest.mark.usefixtures("fresh_app")
def test_without_its_guards_two_keepers_let_both_speak(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control of the test through the page."""
    unguarded(monkeypatch, keepers=2)

    assert keepers_press(app) != [303, 409]


def keepers_press(app: Flask) -> list[int]:
    """What two keepers are answered who look at the same list and press Start for two people at the same moment."""
    session = make.session(make.meeting(slug="spring"), code="S3")
    keepers = [make.staff(session.meeting, RAPPORTEUR) for _keeper in range(2)]
    ids = [asked(session, f"Speaker {number}").id for number in range(2)]
    browsers = [PageClient(app, app.response_class).sign_in(keeper) for keeper in keepers]
    db.session.remove()
    barrier, answers = threading.Barrier(2), list[int]()

    def press(number: int) -> None:
        barrier.wait()
        with app.app_context():
            address = f"/meetings/spring/record/S3/floor/{ids[number]}"
            answers.append(browsers[number].post(address, data={"act": "start"}).status_code)

    rivals = [threading.Thread(target=press, args=(number,)) for number in range(2)]
    for rival in rivals:
        rival.start()
    for rival in rivals:
        rival.join()
    return sorted(answers)


def speaking() -> int:
    db.session.rollback()
    query = select(func.count()).select_from(Statement).where(
        Statement.started_at.is_not(None), Statement.ended_at.is_(None)
    )  # fmt: skip
    return db.session.scalar(query) or 0


def rush(app: Flask, *, speakers: int) -> Counter[str]:
    """What becomes of so many starts at the same moment, each by somebody who sees that nobody has the floor."""
    session = make.session(make.meeting())
    ids = [asked(session, f"Speaker {number}").id for number in range(speakers)]
    db.session.rollback()
    barrier, said = threading.Barrier(RIVALS), []

    def press(number: int) -> None:
        with app.test_request_context():
            one = db.session.get_one(Statement, ids[number % speakers])
            barrier.wait()
            said.append(outcome(one))
            db.session.remove()

    rivals = [threading.Thread(target=press, args=(number,)) for number in range(RIVALS)]
    for rival in rivals:
        rival.start()
    for rival in rivals:
        rival.join()
    db.session.rollback()
    return Counter(said)


def outcome(one: Any) -> str:
    try:
        with transaction():
            actions.start(one, after=None, by=None, at=now())
    except Refused:
        return "refused"
    except DBAPIError:
        return "broken"
    return "given"
