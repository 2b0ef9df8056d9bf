"""What people write and send after approval: sealed in the database, open by a look alone, and each look in history."""

import csv
from collections.abc import Iterator
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.ground.db import db, transaction
from eventapp.ground.db.types import Base
from eventapp.ground.jobs.scheduler import work_through
from eventapp.ground.refusal import Refused
from eventapp.ground.security import sealing
from eventapp.history.models import Entry
from eventapp.meetings.models import Category, Meeting
from eventapp.operations.backups.making import back_up
from eventapp.questions.actions import NOBODY, Answered, change_question
from eventapp.questions.models import Question
from eventapp.questions.queries import question_named
from eventapp.registration.answers import views as more
from eventapp.registration.answers.models import Answer
from eventapp.registration.answers.queries import given
from eventapp.registration.changes import manage as correcting
from eventapp.registration.entry import own_token
from eventapp.registration.jobs import JOBS
from eventapp.registration.models import Registration, Upload
from tests import make
from tests.browserless import PageClient
from tests.make import TODAY
from tests.make_questions import condition, content, question
from tests.make_registration import confirmed
from tests.registration.filling import PDF, set_clock, typed

MARK = "XQ7PASSPORT"
OLD, NEW = "old-0123456789-abcdefghij-klmnopqrst", "new-9876543210-zyxwvutsrq-ponmlkjihg"


@pytest.fixture(autouse=True)
def _today(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "ANSWER_KEYS", app.config["ANSWER_KEYS"])  # put back after each test
    set_clock(monkeypatch, TODAY)
    for room in (correcting, more):
        monkeypatch.setattr(room, "now", lambda: TODAY)


@pytest.fixture
def meeting(app: object) -> Meeting:
    return make.meeting(slug="spring")


@pytest.fixture
def category(meeting: Meeting) -> Category:
    return make.category(meeting, code="NGO")


@pytest.fixture
def person(meeting: Meeting, category: Category) -> Registration:
    """Somebody with a place, who is asked for a passport, a country, a day, a file and a choice."""
    question(meeting, stage="approved", label={"en": "Passport"})
    question(meeting, stage="approved", kind="country", label={"en": "Nationality"})
    question(meeting, stage="approved", kind="date", label={"en": "Valid until"})
    question(meeting, stage="approved", kind="file", label={"en": "Scan"})
    question(meeting, stage="approved", kind="choice", label={"en": "Visit"}, choices=("Temple", "Market"))
    return confirmed(meeting, category)


def page(registration: Registration) -> str:
    return f"/registrations/{own_token(registration)}"


def answer(client: PageClient, registration: Registration, **more: object) -> None:
    scan = (BytesIO(PDF.replace(b"%%EOF", f"{MARK}scan %%EOF".encode())), f"{MARK}.pdf")
    sent = {"q_q1": f"{MARK}-text", "q_q2": "THA", "q_q3": "2031-05-06", "q_q4": scan, "q_q5": "1"}
    done = client.post(f"{page(registration)}/questions", data=sent | more, content_type="multipart/form-data")
    assert done.status_code == 303


def looks() -> list[tuple[str, int, object]]:
    lines = db.session.scalars(select(Entry).where(Entry.verb == "looked at sealed answers").order_by(Entry.id))
    return [(one.thing, one.by_id or 0, one.detail) for one in lines]


def organizer(client: PageClient, meeting: Meeting) -> PageClient:
    other = client.application.test_client()
    assert isinstance(other, PageClient)
    other.sign_in(make.staff(meeting, "organizer"))
    return other


def rows() -> list[tuple[str, str, bool]]:
    db.session.expire_all()
    found = db.session.scalars(select(Answer).order_by(Answer.id)).all()
    return [(one.question.code, one.text, one.sealed is not None) for one in found]


def test_what_is_written_is_sealed_and_what_is_chosen_is_counted(client: PageClient, person: Registration) -> None:
    answer(client, person)
    assert rows() == [("q1", "", True), ("q2", "", True), ("q3", "", True), ("q4", "", True), ("q5", "", False)]
    file = db.session.scalars(select(Upload)).one()
    assert (file.is_sealed, file.given_name, MARK.encode() in file.content) == (True, "", False)
    assert given(person) == {"q5": ["1"]}
    own = client.get(page(person)).text
    assert f"{MARK}-text" in own and f"{MARK}.pdf" in own and "Thailand" in own, "the person sees their own"
    form = client.get(f"{page(person)}/questions").text
    assert f'value="{MARK}-text"' in form and "held encrypted" in form
    assert MARK.encode() in client.get(f"{page(person)}/answers/q4").data
    assert MARK in client.get(f"{page(person)}/everything.json").text
    assert looks() == []
    assert (
        client.post(f"{page(person)}/questions", data={"q_q1": "", "q_q2": "", "q_q3": "", "q_q5": "1"}).status_code
        == 303
    )
    assert rows() == [("q4", "", True), ("q5", "", False)], "the person takes out what they sent; the file stays"


def test_no_history_line_says_it(client: PageClient, person: Registration) -> None:
    answer(client, person)
    answer(client, person, q_q1=f"{MARK}-other")
    details = [str(one.detail) for one in db.session.scalars(select(Entry))]
    assert not [one for one in details if MARK in one or "Thailand" in one]


def test_an_organizer_looks_by_a_button_and_history_says_so(
    client: PageClient, meeting: Meeting, person: Registration
) -> None:
    answer(client, person)
    desk = organizer(client, meeting)
    panel = desk.get(f"/meetings/spring/manage/registrations?state=everyone&open={person.reference}&columns=q1,q2").text
    assert MARK not in panel and "Thailand" not in panel.split("<dl")[1] and "Show the sealed answers" in panel
    assert looks() == []
    here = f"/meetings/spring/manage/registrations/{person.reference}/sealed-answers"
    shown = desk.post(here)
    assert shown.status_code == 200 and f"{MARK}-text" in shown.text and "Thailand" in shown.text
    [(thing, by, detail)] = looks()
    assert (thing, by > 0, detail) == ("registration", True, {"questions": ["q1", "q2", "q3", "q4"]})
    assert desk.get(here).status_code == 303
    scan = desk.get(f"/meetings/spring/manage/registrations/{person.reference}/answers/q4")
    assert MARK.encode() in scan.data
    assert [one[2] for one in looks()][1:] == [{"questions": ["q4"]}]


def test_nobody_else_looks(client: PageClient, meeting: Meeting, person: Registration) -> None:
    answer(client, person)
    here = f"/meetings/spring/manage/registrations/{person.reference}/sealed-answers"
    assert client.post(here).status_code in (302, 303, 404), "signed out"
    for role in ("steward", "rapporteur"):
        other = client.application.test_client()
        assert isinstance(other, PageClient)
        other.sign_in(make.staff(meeting, role))
        assert other.post(here).status_code == 404
    assert looks() == []
    other_person = confirmed(meeting, person.category)
    refused = organizer(client, meeting).post(here.replace(person.reference, other_person.reference))
    assert refused.status_code == 409 and "no sealed answer" in refused.text


def test_a_list_taken_along_is_one_line_with_everybody_in_it(
    client: PageClient, meeting: Meeting, person: Registration
) -> None:
    answer(client, person)
    confirmed(meeting, person.category)
    desk = organizer(client, meeting)
    address = "/meetings/spring/manage/registrations.csv?state=everyone&columns=number,q1,q5"
    assert desk.head(address).status_code == 200
    assert looks() == []
    lines = list(csv.reader(StringIO(desk.get(address).text.lstrip("\ufeff"))))
    assert [person.reference, f"{MARK}-text", "Temple"] in lines
    assert [one[2] for one in looks()] == [{"questions": ["q1"], "registrations": [person.reference]}]
    desk.get("/meetings/spring/manage/registrations.csv?state=everyone&columns=number,q5")
    assert len(looks()) == 1, "nothing sealed in it"


def test_organizers_correct_without_seeing_and_empty_keeps(
    client: PageClient, meeting: Meeting, person: Registration
) -> None:
    question(
        meeting, stage="approved", label={"en": "Place"}, condition=condition(question_of(meeting, "q1"))
    )  # only where a passport is given
    answer(client, person, q_q6="Bangkok")
    desk = organizer(client, meeting)
    here = f"/meetings/spring/manage/registrations/{person.reference}/answers"
    form = desk.get(here).text
    assert MARK not in form and "Sealed answers are not shown here" in form
    facts = typed(person.category, email=person.person.email)
    assert desk.post(here, data=facts | {"q_q5": "2"}).status_code == 303
    opened = given_open(person)
    assert (opened["q1"], opened["q5"], opened["q6"]) == ([f"{MARK}-text"], ["2"], ["Bangkok"])
    assert desk.post(here, data=facts | {"q_q1": "AB 12", "q_q5": "2"}).status_code == 303
    assert given_open(person)["q1"] == ["AB 12"]


def question_of(meeting: Meeting, code: str) -> Question:
    found = question_named(meeting, code)
    assert found is not None
    return found


def first_sealed() -> Answer:
    return db.session.scalars(select(Answer).where(Answer.sealed.is_not(None)).order_by(Answer.id)).all()[0]


def given_open(registration: Registration) -> dict[str, list[str]]:
    db.session.expire_all()
    return given(registration, opens=True)


def test_without_a_key_nothing_is_taken_and_the_page_says_why(
    client: PageClient, meeting: Meeting, person: Registration, app: Flask
) -> None:
    app.config["ANSWER_KEYS"] = []
    refused = client.post(f"{page(person)}/questions", data={"q_q1": MARK})
    assert refused.status_code == 409 and "no key to seal answers with" in refused.text
    assert rows() == []
    desk = organizer(client, meeting)
    settings = "/meetings/spring/manage/settings/questions"
    assert "no key to seal answers with" in desk.get(f"{settings}?stage=approved").text
    with pytest.raises(Refused, match="no key to seal"):
        question(meeting, stage="approved")


def test_a_lost_key_is_a_sentence_and_never_an_error(
    client: PageClient, meeting: Meeting, person: Registration, app: Flask
) -> None:
    answer(client, person)
    app.config["ANSWER_KEYS"] = [NEW]
    lost = "Sealed with a key that the server does not have."
    assert lost in client.get(page(person)).text
    form = client.get(f"{page(person)}/questions")
    assert form.status_code == 200 and "They stay unless you write them again" in form.text
    assert client.get(f"{page(person)}/answers/q4").status_code == 409
    assert lost in client.get(f"{page(person)}/everything.json").text
    desk = organizer(client, meeting)
    here = f"/meetings/spring/manage/registrations/{person.reference}/sealed-answers"
    assert lost in desk.post(here).text
    csv_file = desk.get("/meetings/spring/manage/registrations.csv?state=everyone&columns=number,q1,q2,q3,q4")
    assert csv_file.text.count(lost) == 4
    assert client.post(f"{page(person)}/questions", data={"q_q1": "AB 12", "q_q5": "1"}).status_code == 303
    assert given_open(person) == {"q1": ["AB 12"], "q5": ["1"]}
    assert [code for code, _text, is_sealed in rows() if is_sealed] == ["q2", "q3", "q4", "q1"], "what is lost stays"


def test_a_row_put_beside_another_person_does_not_open(
    client: PageClient, meeting: Meeting, person: Registration
) -> None:
    answer(client, person)
    other = confirmed(meeting, person.category)
    with transaction():
        first_sealed().registration_id = other.id
    assert given_open(other) == {}


def test_the_command_seals_what_is_there_and_turns_the_keys(
    client: PageClient, person: Registration, app: Flask
) -> None:
    app.config["ANSWER_KEYS"] = [OLD]
    answer(client, person)
    with transaction():  # as a release of before wrote it
        one = first_sealed()
        one.text, one.sealed = f"{MARK}-text", None
    app.config["ANSWER_KEYS"] = [NEW, OLD]
    run = app.test_cli_runner()
    done = run.invoke(args=["registration", "seal"])
    assert (done.output, done.exit_code) == ("1 sealed. 4 under another key now.\n", 0)
    assert run.invoke(args=["registration", "seal"]).output == "0 sealed. 0 under another key now.\n"
    app.config["ANSWER_KEYS"] = [NEW]
    assert given_open(person)["q1"] == [f"{MARK}-text"] and len(given_open(person)) == 5
    assert MARK.encode() in client.get(f"{page(person)}/answers/q4").data
    app.config["ANSWER_KEYS"] = ["lost-" + OLD]
    gone = run.invoke(args=["registration", "seal"])
    assert gone.exit_code == 1 and "5 cannot be opened" in gone.output
    app.config["ANSWER_KEYS"] = []
    assert run.invoke(args=["registration", "seal"]).exit_code == 1


def test_a_question_that_moves_to_this_stage_is_sealed_by_the_worker_and_does_not_move_back(
    client: PageClient, meeting: Meeting, category: Category
) -> None:
    one = question(meeting, label={"en": "Passport"})
    person = confirmed(meeting, category, answers={"q1": [MARK]})
    with transaction():
        change_question(one, content(stage="approved", label={"en": "Passport"}), 1, NOBODY, by=None, at=TODAY)
    work_through(JOBS, at=TODAY)
    assert rows() == [("q1", "", True)] and given_open(person) == {"q1": [MARK]}
    with pytest.raises(Refused, match="are sealed"), transaction():
        change_question(one, content(label={"en": "Passport"}), 2, Answered(1), by=None, at=TODAY)


@pytest.mark.parametrize("is_sealed", [True, False], ids=["sealed", "without sealing: the search finds it"])
def test_no_file_of_the_server_holds_it(
    client: PageClient,
    meeting: Meeting,
    person: Registration,
    app: Flask,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    is_sealed: bool,
) -> None:
    """By the real forms: a fault and what is held for it, then the answers; in the database, its log and a backup."""
    if not is_sealed:
        monkeypatch.setattr(Question, "is_sealed", property(lambda _one: False))
        app.config["ANSWER_KEYS"] = []
    scan = (BytesIO(PDF.replace(b"%%EOF", f"{MARK}scan %%EOF".encode())), f"{MARK}.pdf")
    wrong = {"q_q1": f"{MARK}-text", "q_q3": "no day", "q_q4": scan}
    again = client.post(f"{page(person)}/questions", data=wrong, content_type="multipart/form-data")
    assert again.status_code == 422 and f"{MARK}.pdf" in again.text
    held = again.text.split('name="held"')[1].split('value="')[1].split('"')[0]
    sent = {"q_q1": f"{MARK}-text", "q_q2": "THA", "q_q3": "2031-05-06", "q_q5": "1", "held": held}
    assert client.post(f"{page(person)}/questions", data=sent).status_code == 303
    desk = organizer(client, meeting)
    assert (
        f"{MARK}.pdf" not in desk.get("/meetings/spring/manage/registrations?state=everyone&columns=q4").text
        or not is_sealed
    )
    desk.get("/meetings/spring/manage/registrations.csv?state=everyone&columns=number,q1,q4")
    if is_sealed:
        assert MARK in desk.post(f"/meetings/spring/manage/registrations/{person.reference}/sealed-answers").text
    assert bool(tables_with(MARK)) is not is_sealed
    if db.engine.dialect.name == "sqlite":  # a dump of PostgreSQL is compressed, and its files are its own
        (tmp_path / "backups").mkdir()
        back_up(tmp_path / "backups", at=TODAY)
        found = {path.suffix for path in files(app, tmp_path) if MARK.encode() in path.read_bytes()}
        assert bool(found) is not is_sealed


def tables_with(words: str) -> set[str]:
    """The tables that have this in a row, as text or in bytes."""
    db.session.rollback()
    tables = Base.metadata.sorted_tables
    return {one.name for one in tables if any(words in repr(tuple(row)) for row in db.session.execute(select(one)))}


def files(app: Flask, folder: Path) -> Iterator[Path]:
    """The database with what lies beside it, the data folder and the backup."""
    where = db.engine.url.database
    if db.engine.dialect.name == "sqlite" and where:
        yield from Path(where).parent.glob(f"{Path(where).name}*")
    yield from (one for one in app.config["DATA_DIR"].rglob("*") if one.is_file())
    yield from (one for one in folder.rglob("*") if one.is_file())


def test_what_is_sealed_opens_for_its_owner_and_key_alone(app: Flask) -> None:
    app.config["ANSWER_KEYS"] = [OLD]
    sealed = sealing.seal("answer 1 2", b"AB 12")
    assert b"AB 12" not in sealed and sealing.opened("answer 1 2", sealed) == b"AB 12"
    assert sealing.opened("answer 1 3", sealed) is None
    assert sealing.opened("answer 1 2", b"nothing") is None
    assert sealing.sealed_anew(sealed) is None, "under the newest already"
    app.config["ANSWER_KEYS"] = [NEW, OLD]
    anew = sealing.sealed_anew(sealed)
    app.config["ANSWER_KEYS"] = [NEW]
    assert anew is not None and sealing.opened("answer 1 2", anew) == b"AB 12"
    assert sealing.opened("answer 1 2", sealed) is None
