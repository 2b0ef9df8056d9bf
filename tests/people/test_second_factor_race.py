"""One recovery code in two browsers in one moment: one of them passes."""

import threading

import pytest
from flask import Flask
from sqlalchemy import event, select

from eventapp.ground.db import db, sqlite, transaction
from eventapp.ground.security.tokens import hashed
from eventapp.people.models import Person, SignIn
from eventapp.people.second_factor import actions
from eventapp.people.second_factor.models import RecoveryCode
from eventapp.people.second_factor.queries import seed_of, unused_code
from tests import make
from tests.browserless import PageClient
from tests.checkin.test_race import together
from tests.conftest import ON_POSTGRESQL

BROWSERS, CODE = 6, "7KQ2M9XW4T"


def test_one_recovery_code_lets_one_browser_in(app: Flask) -> None:
    assert rush(app) == 1


@pytest.mark.usefixtures("fresh_app")
def test_without_its_guard_it_does_not(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: on PostgreSQL several pass; on SQLite the losers find the database locked."""
    everybody, faults = threading.Barrier(BROWSERS, timeout=60), list[Exception]()
    monkeypatch.setattr(actions, "hold", lambda sign_in: db.session.get_one(Person, sign_in.person_id))
    monkeypatch.setattr(actions, "unused_code", together(everybody, unused_code))
    if not ON_POSTGRESQL:
        event.remove(db.engine, "begin", sqlite.begin)
        event.listen(db.engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
        assert rush(app, faults) == 1 and faults
    else:
        assert rush(app) > 1


def rush(app: Flask, faults: list[Exception] | None = None) -> int:
    """How many of so many browsers pass with one code at once."""
    person = make.person("Anong Suksawat")
    with transaction():
        person.second_factor_since = make.TODAY
        code = RecoveryCode(person_id=person.id, code_hash=hashed(seed_of(person, CODE)), made_at=make.TODAY)
        db.session.add(code)
    for _browser in range(BROWSERS):
        PageClient(app, app.response_class).sign_in(person)
    numbers = list(db.session.scalars(select(SignIn.id)))
    db.session.remove()
    start, passed = threading.Barrier(BROWSERS), list[str | None]()

    def use(number: int) -> None:
        with app.app_context():
            sign_in = db.session.get_one(SignIn, number)
            start.wait()
            try:
                with transaction():
                    word = actions.use_code(sign_in, CODE, at=make.TODAY)
                passed.append(word)
            except Exception as fault:
                if faults is None:
                    raise
                faults.append(fault)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=use, args=(number,)) for number in numbers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.rollback()
    return sum(word is not None for word in passed)
