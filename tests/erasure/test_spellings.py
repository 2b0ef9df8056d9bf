"""A name is found in whatever words, spelling and case it stands, and nobody else's is taken."""

import json

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.agenda.models import Session
from eventapp.balance.models import Nominee
from eventapp.balance.nominated import Nomination
from eventapp.drafts.models import Draft
from eventapp.erasure import sweeping
from eventapp.erasure.names import Names, cases_of, pieces_of
from eventapp.erasure.versions import without
from eventapp.ground.db import db, transaction
from eventapp.history.actions import record
from eventapp.meetings.models import Meeting
from eventapp.registration.models import Amendment, Registration
from tests import make
from tests.erasure.erasing import erased
from tests.erasure.planting import EMAIL, NAME, PHONE
from tests.erasure.searching import in_rows

TIMES = {"created_at": make.TODAY, "updated_at": make.TODAY}


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    return make.meeting(slug="spring")


@pytest.fixture
def leaver(meeting: Meeting) -> Registration:
    """Somebody who has withdrawn."""
    names = {"given_name": "Zenobia", "family_name": "Quartermain", "record_name": NAME, "phone": PHONE}
    return make.registration(meeting, person=make.person(NAME, EMAIL), state="withdrawn", **names)


def test_the_words_of_other_registrations_are_looked_through(meeting: Meeting, leaver: Registration) -> None:
    words = {"job_title": f"Assistant to {NAME}", "organization": f"Office of {NAME}"}
    words |= {"access_needs": f"Sits by {NAME}, {EMAIL}", "reason": f"{NAME} answers for them."}
    other = make.registration(
        meeting, record_name="Ada Byron", search_text=f"ada byron office of {NAME.lower()}", **words
    )
    number = other.id
    erased(leaver)
    again = db.session.get_one(Registration, number)
    assert "quartermain" not in in_rows()
    assert again.job_title == "Assistant to a participant" and again.record_name == "Ada Byron"
    assert "office of a participant" in again.search_text


def test_others_are_still_found_by_names_that_have_those_of_the_person_in_them(
    meeting: Meeting, leaver: Registration
) -> None:
    names = {"given_name": f"Ada {NAME}", "record_name": f"Ada {NAME}", "badge_name": f"Ada {NAME}"}
    number = make.registration(meeting, search_text=f"ada {NAME.lower()}", phone="", **names).id
    erased(leaver)
    again = db.session.get_one(Registration, number)
    assert f"ada {NAME.lower()}" in again.search_text and again.given_name == f"Ada {NAME}"


def test_a_number_that_somebody_else_gave_too_stays_theirs(meeting: Meeting, leaver: Registration) -> None:
    number = make.registration(meeting, phone=PHONE).id
    erased(leaver)
    assert db.session.get_one(Registration, number).phone == PHONE


SPELLINGS = (
    ("Zénobie Lefèvre", "Zénobie LEFÈVRE"),
    ("Zénobie Lefèvre", "ZÉNOBIE\u00a0LEFÈVRE"),
    ("Zénobie Lefèvre", "zenobie  lefevre"),
    (NAME, "Zenobia  Quartermain"),
    (NAME, "ZENOBIA\nQuartermain"),
    ("Зинаида Кузнецова", "Зинаида КУЗНЕЦОВА"),
    ("Άννα Παπάς", "ΆΝΝΑ ΠΑΠΆΣ"),
    ("Deniz Işık", "DENİZ IŞIK"),
    ("李 伟明", "李\u3000伟明"),
    ("Lê Võ", "LÊ  VÕ"),
)


def left_of_spellings(meeting: Meeting, leaver: Registration) -> set[str]:
    """Which of them still stand in the texts and in the JSON of others, once a person with all these names is erased."""
    other = make.registration(meeting, record_name="Ada Byron").person_id
    for name, written in SPELLINGS:
        session = make.session(meeting, description=f"Led by {written}.")
        make.role(session, person_id=leaver.person_id, name=name)
        make.kept(Draft(person_id=other, kind="note", scope_id=session.id, content={"text": written}, **TIMES))
    erased(leaver)
    said = [*db.session.scalars(select(Session.description)), *map(str, db.session.scalars(select(Draft.content)))]
    return {written for _name, written in SPELLINGS for one in said if written in one or repr(written)[1:-1] in one}


def test_a_name_is_found_in_another_case_and_with_other_blanks(meeting: Meeting, leaver: Registration) -> None:
    assert left_of_spellings(meeting, leaver) == set()
    assert set(db.session.scalars(select(Session.description))) == {"Led by a participant."}


def test_control_a_database_alone_finds_no_other_case_or_blanks(
    meeting: Meeting, leaver: Registration, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Names, "pieces", property(lambda names: sorted(names.plain)))
    assert {"Zenobia  Quartermain", "LÊ  VÕ", "李\u3000伟明"} <= left_of_spellings(meeting, leaver)


@pytest.mark.parametrize(("name", "written"), SPELLINGS)
def test_a_version_of_a_report_is_looked_through_in_the_same_way(name: str, written: str) -> None:
    assert without(Names([name]), json.dumps([{"text": f"{written} said."}])) is not None


def test_a_database_looks_for_as_many_letters_as_have_one_case_for_it() -> None:
    assert pieces_of("Zenobia Quartermain") == {"Quarterma"}
    assert pieces_of("Zénobie Lefèvre") == {"nob"}
    assert pieces_of("李 伟明") == {"伟明"}
    assert pieces_of("Ян Ли") == {"ян", "яН", "Ян", "ЯН"}
    assert cases_of("k") == ["k", "\u212a"] and cases_of("Q") == ["q"]
    assert Names([]).pieces == []


def listed(meeting: Meeting, name: str, delegation: str = "Bhutan") -> None:
    one = Nomination(name, delegation, "government")
    make.kept(Nominee(meeting_id=meeting.id, key=one.key, added_at=make.TODAY, **vars(one)))


def test_a_nominee_is_known_by_the_words_of_the_name(meeting: Meeting, leaver: Registration) -> None:
    for name in ("Ms. ZENOBIA Quartermain", "Quartermain, Mr. Zenobia Ada", "Zenobia Quartermains"):
        listed(meeting, name)
    erased(leaver)
    assert set(db.session.scalars(select(Nominee.name))) == {"Quartermain, Mr. Zenobia Ada", "Zenobia Quartermains"}


def test_a_nominee_who_may_be_somebody_else_stays(meeting: Meeting, leaver: Registration) -> None:
    listed(meeting, "Ms. ZENOBIA Quartermain")
    make.registration(meeting, given_name="ZENOBIA", family_name="QUARTERMAIN", record_name="Prof. Q.", badge_name="Q.")
    erased(leaver)
    assert db.session.scalars(select(Nominee.name)).all() == ["Ms. ZENOBIA Quartermain"]


def test_a_nominee_whose_words_have_the_name_in_them_is_known_by_what_is_left(
    meeting: Meeting, leaver: Registration
) -> None:
    for name in ("Ada Zenobia Quartermain", f"Ada {EMAIL}"):
        listed(meeting, name)
    listed(meeting, "Zenobia Ada Quartermain", "Ghana")
    erased(leaver)
    left = db.session.scalars(select(Nominee).order_by(Nominee.id)).all()
    assert [one.name for one in left] == ["Ada a participant", "Ada a participant", "Zenobia Ada Quartermain"]
    known = [(one.key, one.name_key) for one in left]
    assert known[0] == ("a ada participant|bhutan", "a ada participant")
    assert known[1] == (f"a ada participant|bhutan {left[1].id}", "a ada participant"), "no two have the same key"
    assert known[2] == ("ada quartermain zenobia|ghana", "ada quartermain zenobia"), "another person stays known"


def test_control_keys_of_nominees_that_are_not_made_anew_keep_the_name(
    meeting: Meeting, leaver: Registration, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sweeping.MADE_ANEW, "nominee")
    listed(meeting, "Ada Zenobia Quartermain")
    erased(leaver)
    assert db.session.scalars(select(Nominee.name_key)).all() == ["ada quartermain zenobia"]


def test_what_somebody_was_called_before_is_looked_for(meeting: Meeting, leaver: Registration) -> None:
    """A change of what was approved waits for an organizer; another is in history alone."""
    asked = {"record_name": ["Zenobia Whitlock", NAME], "job_title": ["Head of unit", "Chief of unit"]}
    make.kept(Amendment(registration_id=leaver.id, changes=asked, asked_at=make.TODAY))
    with transaction():
        changes = {"family_name": ["Thistlewood", "Quartermain"], "phone": None}
        record("changed", leaver, by=None, at=make.TODAY, changes=changes)
    make.session(meeting, description="Zenobia WHITLOCK and Thistlewood, Zenobia; head of unit.")
    erased(leaver)
    described = db.session.scalars(select(Session.description)).all()
    assert described == ["a participant and a participant; head of unit."]
