"""Sealed answers on papers: printed, and kept nowhere; each issue is a look."""

from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import delete, select

from eventapp.ground.db import db, transaction
from eventapp.ground.refusal import Refused
from eventapp.history.models import Entry
from eventapp.meetings.models import Meeting
from eventapp.operations.backups.making import back_up
from eventapp.personal_papers import sealed
from eventapp.personal_papers.actions import issue, prepare, write_template
from eventapp.personal_papers.issued import Issued
from eventapp.personal_papers.kinds import INVITATION, NAMEPLATE, unknown_in
from eventapp.personal_papers.models import PersonalPaper
from eventapp.personal_papers.queries import Chosen
from eventapp.questions.models import SEALED
from eventapp.registration.answers.actions import answer
from eventapp.registration.answers.models import Answer
from eventapp.registration.entry import own_token
from eventapp.registration.models import Registration
from tests import make
from tests.badges.reading import texts
from tests.browserless import PageClient
from tests.make_questions import question
from tests.make_registration import confirmed
from tests.registration.test_sealed_answers import files, tables_with

MARK = "XQ7PASSPORT"
PAGE = "/meetings/spring/manage/papers"
TEXT = "# Visa\n\n{name}, passport {answer:q1}, {answer:q2}\n\nvalid until {answer:q3}"


@pytest.fixture(autouse=True)
def _keys(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "ANSWER_KEYS", app.config["ANSWER_KEYS"])  # put back after each test


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    return make.meeting(slug="spring", languages=["en", "fr"])


@pytest.fixture
def person(meeting: Meeting) -> Registration:
    """Somebody who wrote a passport and a nationality, and no day."""
    question(meeting, stage="approved", label={"en": "Passport"})
    question(meeting, stage="approved", kind="country", label={"en": "Nationality"})
    question(meeting, stage="approved", kind="date", label={"en": "Valid until"})
    one = confirmed(meeting, make.category(meeting, code="NGO"))
    write(one, q1=[MARK], q2=["THA"])
    with transaction():
        for tongue in ("en", "fr"):
            write_template(meeting, INVITATION, tongue, TEXT, "", by=None, at=make.TODAY)
    return one


def write(one: Registration, days: int = 0, **answers: list[str]) -> None:
    with transaction():
        answer(one, answers, ("approved",), by=None, at=make.TODAY + timedelta(days=days))


def issued(meeting: Meeting, kind: str = INVITATION, tongue: str = "en") -> list[Issued]:
    contents = prepare(meeting, kind, tongue, Chosen(), at=make.TODAY)
    with transaction():
        return issue(meeting, kind, tongue, contents, by=None, at=make.TODAY)


def words_of(one: Issued) -> str:
    return " | ".join("".join(run["text"] for run in block["runs"]) for block in one.content["blocks"])


def looks() -> list[object]:
    lines = db.session.scalars(select(Entry).where(Entry.verb == "looked at sealed answers").order_by(Entry.id))
    return [one.detail for one in lines]


def test_a_letter_says_them_in_its_language_and_each_issue_is_a_look(meeting: Meeting, person: Registration) -> None:
    confirmed(meeting, person.category)  # who wrote nothing
    letters = issued(meeting)
    said = [words_of(one) for one in letters]
    assert [words for words in said if f"passport {MARK}, Thailand" in words]
    assert looks() == [{"questions": ["q1", "q2"], "registrations": [person.reference]}]
    assert "Thaïlande" in " ".join(words_of(one) for one in issued(meeting, tongue="fr"))
    again = issued(meeting)
    assert [one.number for one in again] == [one.number for one in letters] and len(looks()) == 3
    assert [words_of(one) for one in again] == said


def test_what_has_no_number_prints_them_too(meeting: Meeting, person: Registration) -> None:
    with transaction():
        write_template(meeting, NAMEPLATE, "en", "# {name} {answer:q1}", "", by=None, at=make.TODAY)
    [plate] = issued(meeting, NAMEPLATE)
    assert MARK in words_of(plate) and len(looks()) == 1


@pytest.mark.parametrize("holds_it", [False, True], ids=["put in when printed", "kept with the paper: found"])
def test_no_row_and_no_backup_holds_it(
    client: PageClient,
    meeting: Meeting,
    person: Registration,
    app: Flask,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    holds_it: bool,
) -> None:
    if holds_it:
        monkeypatch.setattr("eventapp.personal_papers.actions.held_in", openly)
    client.sign_in(make.staff(meeting, "organizer"))
    file = client.post(PAGE, data={"kind": INVITATION, "tongue": "en", "category": "", "references": ""})
    assert MARK in " ".join(texts(file.data))
    assert (tables_with(MARK) == {"personal_paper"}) is holds_it
    if db.engine.dialect.name == "sqlite":
        (tmp_path / "backups").mkdir()
        back_up(tmp_path / "backups", at=make.TODAY)
        assert any(MARK.encode() in one.read_bytes() for one in files(app, tmp_path)) is holds_it


def openly(_meeting: Meeting, _words: object, registrations: list[int]) -> dict[int, dict[str, str]]:
    """As it would be without sealing."""
    found = {number: {"answer:q1": "", "answer:q2": "", "answer:q3": ""} for number in registrations}
    for one in db.session.scalars(select(Answer).join(Answer.question).where(SEALED)):
        found[one.registration_id][f"answer:{one.question.code}"] = one.plain
    return found


def test_one_prints_ones_own_letter_until_the_answer_is_another(
    client: PageClient, meeting: Meeting, person: Registration
) -> None:
    issued(meeting)
    address = f"/registrations/{own_token(person)}/papers/1.pdf"
    assert MARK in " ".join(texts(client.get(address).data))
    write(person, days=1, q1=["OTHER77"], q2=["THA"])
    refused = client.get(address)
    assert refused.status_code == 409 and "changed or deleted since" in refused.text
    assert "OTHER77" in words_of(issued(meeting)[0])
    papers = db.session.scalars(select(PersonalPaper).order_by(PersonalPaper.number)).all()
    assert [one.state for one in papers] == ["replaced", "genuine"]
    with transaction():
        db.session.execute(delete(Answer))
    assert client.get(address.replace("1.pdf", "2.pdf")).status_code == 409


def test_without_the_key_nothing_is_issued(meeting: Meeting, person: Registration, app: Flask) -> None:
    app.config["ANSWER_KEYS"] = ["another-0123456789-abcdefghij-klmnopqrst"]
    with pytest.raises(Refused, match="key that the server does not have"):
        issued(meeting)
    assert db.session.scalars(select(PersonalPaper)).all() == [] and looks() == []


def test_the_page_of_a_text_lists_them_and_refuses_others(
    client: PageClient, meeting: Meeting, person: Registration
) -> None:
    client.sign_in(make.staff(meeting, "organizer"))
    page = client.get(f"{PAGE}/{INVITATION}/en").text
    assert "{answer:q1}" in page and "Nationality" in page
    wrong = client.post(f"{PAGE}/{INVITATION}/en", data={"text": "{answer:q9} {answer:q1}", "signatory": ""})
    assert wrong.status_code == 422 and "{answer:q9}" in wrong.text
    assert client.post(f"{PAGE}/{INVITATION}/en", data={"text": "{answer:q1}", "signatory": ""}).status_code == 303
    assert unknown_in("{answer:q1}", sealed.words_for(meeting)) == []
    steward = client.application.test_client()
    assert isinstance(steward, PageClient)
    steward.sign_in(make.staff(meeting, "steward"))
    assert steward.post(PAGE, data={"kind": INVITATION, "tongue": "en"}).status_code == 404


def test_an_answer_put_beside_another_person_is_not_printed(meeting: Meeting, person: Registration) -> None:
    other = confirmed(meeting, person.category)
    with transaction():
        db.session.scalars(select(Answer).order_by(Answer.id)).all()[0].registration_id = other.id
    with pytest.raises(Refused):
        issued(meeting)


def test_a_file_cannot_stand_in_a_text_and_the_page_says_so(client: PageClient, meeting: Meeting) -> None:
    code = question(meeting, stage="approved", kind="file", label={"en": "Passport, scanned"}).code
    client.sign_in(make.staff(meeting, "organizer"))
    page = client.post(f"{PAGE}/{INVITATION}/en", data={"text": f"{{answer:{code}}}", "signatory": ""})
    assert page.status_code == 422
    assert f"{{answer:{code}}} is answered with a file, and a file cannot stand in a text." in page.text
    both = client.post(f"{PAGE}/{INVITATION}/en", data={"text": f"{{answer:{code}}} {{nmae}}", "signatory": ""})
    assert both.status_code == 422 and "Nothing stands for {nmae}." in both.text
