"""What was answered and summarized before is there in the new tables."""

from typing import Any

import flask_migrate
import pytest
import sqlalchemy as sa
from flask import Flask

from config import ROOT
from eventapp.ground.db import db
from eventapp.record.confirmations.models import Confirmation, Reply
from tests import make
from tests.make import TODAY
from tests.make_record import note

MIGRATIONS = str(ROOT / "migrations")


def rows(sql: str) -> list[Any]:
    with db.engine.connect() as connection:
        return list(connection.execute(sa.text(sql)).all())


def put(sql: str, **values: Any) -> None:
    with db.engine.execution_options(writes=True).begin() as connection:
        connection.execute(sa.text(sql), values)


def back_to(revision: str) -> None:
    db.session.remove()
    flask_migrate.downgrade(directory=MIGRATIONS, revision=revision)


def forward() -> None:
    flask_migrate.upgrade(directory=MIGRATIONS)


def test_an_objection_to_all_becomes_one_to_each_note_and_waits_as_before(app: Flask) -> None:
    session = make.session(make.meeting())
    speaker = make.role(session, person_id=make.person().id)
    mine = note(session, "Mine.", state="submitted", role_id=speaker.id)
    note(session, "Another's.", state="submitted")
    note(session, "Between us.", state="submitted", role_id=speaker.id, off_record=True)
    number, of, role = mine.id, session.id, speaker.id
    back_to("0002")
    put(
        "INSERT INTO confirmation (session_id, role_id, asked_at, expires_at, answered_at, answer, reason)"
        " VALUES (:of, :role, :at, :at, :at, 'objected', 'Not what I said.')",
        of=of,
        role=role,
        at=TODAY,
    )
    forward()
    assert rows("SELECT note_id, revision, answer, reason FROM reply") == [(number, 1, "objected", "Not what I said.")]


def test_a_summary_in_one_piece_is_the_first_revision(app: Flask) -> None:
    session = make.session(make.meeting())
    of = session.id
    back_to("0003")
    put(
        "INSERT INTO session_record (session_id, submitted_at, summary, lacked, despite)"
        " VALUES (:of, :at, 'Media came first.', '[]', '')",
        of=of,
        at=TODAY,
    )
    forward()
    assert rows("SELECT summary_head FROM session_record") == [(1,)]
    [(number, content)] = rows("SELECT number, content FROM summary_revision")
    assert number == 1
    assert "Media came first." in str(content)


def test_who_registered_before_is_found_without_accents_too(app: Flask) -> None:
    number = make.registration(make.meeting(), record_name="Łukasz Işık").id
    back_to("0024")
    put("UPDATE registration SET search_text = 'łukasz işık łukasz isık' WHERE id = :number", number=number)
    forward()
    assert rows("SELECT search_text FROM registration") == [("lukasz isik",)]


def test_whom_a_part_was_asked_by_is_asked_still_and_a_participant_is_forgotten_going_down(app: Flask) -> None:
    session = make.session(make.meeting())
    speaker, participant = make.role(session, person_id=make.person().id), make.registration(session.meeting)
    made = note(session, "Mine.", state="submitted", role_id=speaker.id)
    kinds = ({"role_id": speaker.id}, {"registration_id": participant.id})
    for who in kinds:
        asked = make.kept(Confirmation(session_id=session.id, asked_at=TODAY, expires_at=TODAY, **who))
        make.kept(Reply(confirmation_id=asked.id, note_id=made.id, revision=1, answer="confirmed", at=TODAY))
    part = speaker.id
    back_to("0032")
    assert rows("SELECT role_id FROM confirmation JOIN reply ON reply.confirmation_id = confirmation.id") == [(part,)]
    forward()
    assert rows("SELECT role_id, registration_id FROM confirmation") == [(part, None)]
    with pytest.raises(sa.exc.IntegrityError):
        put("INSERT INTO confirmation (session_id, asked_at, expires_at, answer) VALUES (1, :at, :at, '')", at=TODAY)
