"""Several hands issue the first badge of one person in the same moment: one badge."""

import threading

from flask import Flask
from sqlalchemy import func, select

from eventapp.badges.actions import issue, print_badges
from eventapp.badges.models import Badge
from eventapp.badges.queries import Choice
from eventapp.ground.db import db, transaction
from eventapp.registration.models import Registration
from tests import make
from tests.make import TODAY

HANDS = 8


def test_issuing_and_printing_at_once_makes_one_badge(app: Flask) -> None:
    number = make.registration(make.meeting()).id
    db.session.rollback()
    start, codes, faults = threading.Barrier(HANDS), list[str](), list[Exception]()

    def act(hand: int) -> None:
        with app.app_context():
            registration = db.session.get_one(Registration, number)
            start.wait()
            try:
                with transaction():
                    if hand % 2:
                        codes.append(issue(registration, by=None, at=TODAY).code)
                    else:
                        choice = Choice(unprinted=False)
                        codes.extend(one.code for one in print_badges(registration.meeting, choice, by=None, at=TODAY))
            except Exception as fault:  # noqa: BLE001 -- whatever it is, the test shows it
                faults.append(fault)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=act, args=(hand,)) for hand in range(HANDS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.rollback()

    assert (faults, len(codes), len(set(codes))) == ([], HANDS, 1)
    assert db.session.scalar(select(func.count()).select_from(Badge)) == 1
