from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.commitments import actions, queries
from eventapp.commitments.jobs import JOBS
from eventapp.commitments.models import Reminder
from eventapp.ground.db import db
from eventapp.ground.jobs.scheduler import work_through
from eventapp.mail.models import Letter
from tests import make
from tests.commitments.test_register import DUE, promised, told

MORNING = datetime(2026, 3, 6, 1, tzinfo=UTC)  # 8 in Bangkok, two weeks before the day
AFTER = datetime(2026, 3, 21, 1, tzinfo=UTC)


def look(at: datetime) -> list[str]:
    """What the worker writes at this moment: subjects, in order."""
    before = set(db.session.scalars(select(Letter.id)))
    work_through(JOBS, at=at)
    return [one.subject for one in db.session.scalars(select(Letter).order_by(Letter.id)) if one.id not in before]


def test_the_owner_is_written_to_before_the_day_and_after_it_once_each(app: Flask) -> None:
    session = make.session(make.meeting())
    role = make.role(session, person_id=make.person("Pema Choden").id)
    made = promised(session, role_id=role.id)
    assert look(MORNING - timedelta(days=1)) == []
    assert look(MORNING) == ["Due on 20 March 2026: your commitment of Spring review"]
    assert look(MORNING + timedelta(days=1)) == []
    assert look(AFTER) == ["Was it done? Your commitment of Spring review"]
    assert look(AFTER + timedelta(days=1)) == []
    told(made, "extended", date(2026, 4, 1))
    assert look(AFTER) == ["Due on 1 April 2026: your commitment of Spring review"]
    told(made, "done", date(2026, 4, 1))
    assert look(AFTER + timedelta(days=30)) == []
    assert [one.kind for one in db.session.scalars(select(Reminder).order_by(Reminder.id))] == ["soon", "late", "soon"]


def test_nobody_is_written_to_about_what_is_over_long_ago_or_has_no_day(app: Flask) -> None:
    session = make.session(make.meeting())
    role = make.role(session, person_id=make.person().id)
    promised(session, role_id=role.id, due_on=None, due_text="soon")
    promised(session, role_id=role.id, due_on=DUE - timedelta(days=365))
    promised(session, role_id=role.id, state="draft")
    assert look(AFTER) == []


def test_without_a_speaker_it_is_the_head_of_that_delegation(app: Flask) -> None:
    meeting = make.meeting()
    sender = make.delegation(meeting, "ICT Division")
    make.registration(meeting, delegation=sender, delegation_role="ADV", record_name="An adviser")
    make.registration(meeting, delegation=sender, delegation_role="HOD", record_name="The head")
    make.registration(meeting, delegation=sender, delegation_role="HOD", record_name="Not there", state="withdrawn")
    promised(make.session(meeting))
    look(MORNING)
    assert [one.to_name for one in db.session.scalars(select(Letter))] == ["The head"]


@pytest.mark.parametrize(
    ("who", "delegation", "country"),
    [
        ("ESCAP secretariat", "ESCAP", ""),
        ("the secretariat of ESCAP", "ESCAP", ""),
        ("ESCAP secretariat", "Economic and Social Commission for Asia and the Pacific", ""),
        ("The Royal Government of Bhutan", "Bhutan", "BTN"),
        ("Bhutan’s delegation", "Kingdom of Bhutan", "BTN"),
        ("Lao PDR", "Lao People's Democratic Republic", "LAO"),
    ],
)
def test_an_owner_is_known_by_what_people_call_it(app: Flask, who: str, delegation: str, country: str) -> None:
    meeting = make.meeting()
    sender = make.delegation(meeting, delegation, country=country, is_state=bool(country))
    make.registration(
        meeting, delegation=make.delegation(meeting, "Secretariat"), record_name="Another", organization=""
    )
    make.registration(meeting, delegation=sender, record_name="The focal point")
    promised(make.session(meeting), who=who, organization="")
    look(MORNING)
    assert [one.to_name for one in db.session.scalars(select(Letter))] == ["The focal point"]


def test_who_will_do_it_comes_before_whoever_said_so_and_a_whole_name_before_a_part_of_one(app: Flask) -> None:
    meeting = make.meeting()
    spoke = make.delegation(meeting, "Bhutan", country="BTN", is_state=True)
    both, alone = make.delegation(meeting, "FAO and ITU"), make.delegation(meeting, "ITU")
    make.registration(meeting, delegation=spoke, delegation_role="HOD", record_name="Who spoke")
    make.registration(meeting, delegation=both, delegation_role="HOD", record_name="Of both")
    make.registration(meeting, delegation=alone, record_name="Who will do it")
    promised(make.session(meeting), who="ITU", organization="Government of Bhutan")
    look(MORNING)
    assert [one.to_name for one in db.session.scalars(select(Letter))] == ["Who will do it"]


def test_where_no_address_is_known_the_next_one_has_its_turn(app: Flask) -> None:
    session = make.session(make.meeting())
    promised(session, "Nobody to write to.", who="Everybody", organization="")
    role = make.role(session, person_id=make.person().id)
    promised(session, role_id=role.id)
    assert len(look(MORNING)) == 1


def test_two_workers_write_one_letter(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    session = make.session(make.meeting())
    promised(session, role_id=make.role(session, person_id=make.person().id).id)
    stale = queries.next_to_remind(MORNING)  # what the second worker read before the first one was done
    assert len(look(MORNING)) == 1
    monkeypatch.setattr(actions, "next_to_remind", lambda at: stale)
    assert actions.remind_next(at=MORNING) == 0


def test_without_the_second_look_there_would_be_two(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The positive control: the guard removed, the database refuses what the second worker does."""
    session = make.session(make.meeting())
    promised(session, role_id=make.role(session, person_id=make.person().id).id)
    stale = queries.next_to_remind(MORNING)
    assert len(look(MORNING)) == 1
    monkeypatch.setattr(actions, "next_to_remind", lambda at: stale)
    monkeypatch.setattr(actions, "was_reminded", lambda *_asked: False)
    with pytest.raises(Exception, match=r"(?i)unique"):
        actions.remind_next(at=MORNING)
    db.session.rollback()
