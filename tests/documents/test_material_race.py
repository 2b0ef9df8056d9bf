"""Several hands hand in by one link in the same moment: the same file is one piece, and newer versions are in a row."""

import threading
from collections.abc import Callable

from flask import Flask
from sqlalchemy import select

from eventapp.agenda.models import SpeakingRole
from eventapp.documents.actions import ReceivedFile
from eventapp.documents.material.actions import Material, change_material, hand_in
from eventapp.documents.models import DocumentFile
from eventapp.ground.db import db, transaction
from eventapp.meetings.models import Document
from tests import make, make_documents
from tests.make import TODAY

HANDS = 6


def at_once(app: Flask, act: Callable[[int], None]) -> list[Exception]:
    """Let every hand do this; returns what went wrong."""
    start, faults = threading.Barrier(HANDS), list[Exception]()

    def one(hand: int) -> None:
        with app.app_context():
            start.wait()
            try:
                with transaction():
                    act(hand)
            except Exception as fault:  # noqa: BLE001 -- whatever it is, the test shows it
                faults.append(fault)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=one, args=(hand,)) for hand in range(HANDS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.rollback()
    return faults


def numbered(hand: int) -> ReceivedFile:
    return make_documents.received(make_documents.SMALL_PDF + b"\n" * hand)


def test_the_same_file_at_once_is_one_piece_and_versions_are_in_a_row(app: Flask) -> None:
    session = make.session(make.meeting(), code="S3")
    role = make.role(session, person_id=make.person("Grace Hopper").id).id
    db.session.rollback()

    def bring(_hand: int) -> None:
        material = Material("Slides", "presentation", "public", file=numbered(0))
        hand_in(db.session.get_one(SpeakingRole, role), material, at=TODAY)

    assert at_once(app, bring) == []
    [number] = db.session.scalars(select(Document.id)).all()

    def renew(hand: int) -> None:
        material = Material("Slides", "presentation", "public", file=numbered(hand + 1))
        change_material(db.session.get_one(Document, number), material, at=TODAY)

    db.session.rollback()
    assert at_once(app, renew) == []
    files = db.session.scalars(select(DocumentFile).order_by(DocumentFile.version)).all()
    assert [one.version for one in files] == list(range(1, HANDS + 2))
    assert [one.version for one in files if one.replaced_at is None] == [HANDS + 1]
