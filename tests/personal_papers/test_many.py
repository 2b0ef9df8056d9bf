"""Many papers are issued by the worker, once, in the moment in which their file is there; few are issued at once."""

import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import select

from eventapp.ground.clock import now
from eventapp.ground.db import db, transaction
from eventapp.ground.jobs.leased import DONE, LEASE, REFUSED, STOPPED, WORKING
from eventapp.ground.jobs.scheduler import work_long
from eventapp.history.models import Entry
from eventapp.meetings.models import ORGANIZER, STEWARD, Meeting
from eventapp.meetings.prepared import actions
from eventapp.meetings.prepared.actions import Lease, Made, Tell
from eventapp.meetings.prepared.jobs import making as job
from eventapp.meetings.prepared.models import PreparedFile
from eventapp.personal_papers import making, manage
from eventapp.personal_papers.actions import write_template
from eventapp.personal_papers.jobs import LONG_JOBS
from eventapp.personal_papers.kinds import CERTIFICATE, INVITATION, NAMEPLATE
from eventapp.personal_papers.making import AT_ONCE, PAPERS, is_many
from eventapp.personal_papers.models import PersonalPaper
from eventapp.registration.answers.actions import answer
from eventapp.registration.models import Registration
from tests import make
from tests.badges.reading import codes, texts
from tests.browserless import PageClient
from tests.make_questions import question
from tests.personal_papers.test_papers import PAGE, let_in, sent
from tests.registration.test_sealed_answers import tables_with

MADE = {"issue papers": 1}
MARK = "XQ7PASSPORT"


@pytest.fixture
def meeting(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Meeting:
    monkeypatch.setattr(making, "AT_ONCE", 2)
    monkeypatch.setitem(app.config, "ANSWER_KEYS", app.config["ANSWER_KEYS"])  # put back after each test
    return make.meeting(slug="spring", languages=["en", "fr"])


@pytest.fixture
def three(meeting: Meeting) -> list[Registration]:
    return [make.registration(meeting, record_name=f"Person {number}") for number in range(3)]


@pytest.fixture
def organizer(client: PageClient, meeting: Meeting) -> PageClient:
    return client.sign_in(make.staff(meeting, ORGANIZER))


def asked(organizer: PageClient, **typed: str) -> str:
    answer = organizer.post(PAGE, data=sent(**typed))
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"]


def papers() -> list[PersonalPaper]:
    db.session.rollback()
    return list(db.session.scalars(select(PersonalPaper).order_by(PersonalPaper.number)))


def states() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(PreparedFile.state).order_by(PreparedFile.id)))


def lines(*verbs: str) -> list[dict[str, Any]]:
    db.session.rollback()
    return list(db.session.scalars(select(Entry.detail).where(Entry.verb.in_(verbs)).order_by(Entry.number)))


def test_who_asks_looks_on_and_they_are_issued_when_the_file_is_there(
    organizer: PageClient, three: list[Registration]
) -> None:
    assert "the papers are issued once it is there" in organizer.get(PAGE).text
    where = asked(organizer)
    assert asked(organizer) == where, "two presses are one"
    page = organizer.get(where).text
    assert "Visa or invitation letter, English" in page and "The file is being made." in page and "<progress" in page
    assert organizer.get(f"{where}/papers.pdf").status_code == 404
    assert "A file is being made: look how far it is" in organizer.get(PAGE).text and papers() == []

    assert work_long(LONG_JOBS, at=now()) == MADE and work_long(LONG_JOBS, at=now()) == {}
    assert [one.number for one in papers()] == [1, 2, 3] and {one.issued_by_id for one in papers()} != {None}
    assert [one["papers"] for one in lines("issued papers")] == [3]
    organizer.head(f"{where}/papers.pdf")
    answer = organizer.get(f"{where}/papers.pdf")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="spring-invitation-en.pdf"'
    assert len(PdfReader(BytesIO(answer.data)).pages) == 3
    assert sorted(codes(answer.data)) == sorted(f"http://localhost/papers/{one.code}" for one in papers())
    facts = {"kind": INVITATION, "language": "en", "papers": 3, "bytes": len(answer.data)}
    assert lines("took papers along") == [facts]
    page = organizer.get(where).text
    assert "3 papers are in the file." in page and "3 of them are new." in page and "keep their number" not in page


def test_whoever_has_one_keeps_it_and_the_page_says_how_many(organizer: PageClient, three: list[Registration]) -> None:
    assert organizer.post(PAGE, data=sent(references=three[1].reference)).status_code == 200
    where = asked(organizer)
    work_long(LONG_JOBS, at=now())
    assert [one.number for one in papers()] == [1, 2, 3]
    page = organizer.get(where).text
    assert "2 of them are new." in page and "1 says what it said before, and keeps its number and day." in page


def test_a_letter_that_says_something_else_takes_the_place_of_the_one_before(
    organizer: PageClient, meeting: Meeting, three: list[Registration]
) -> None:
    asked(organizer)
    work_long(LONG_JOBS, at=now())
    with transaction():
        write_template(db.session.merge(meeting), INVITATION, "en", "Other {name}", "", by=None, at=make.TODAY)
    asked(organizer)
    work_long(LONG_JOBS, at=now())
    assert [one.state for one in papers()] == ["replaced"] * 3 + ["genuine"] * 3


def test_few_are_issued_at_once(organizer: PageClient, meeting: Meeting) -> None:
    for _each in range(2):
        make.registration(meeting)
    assert organizer.post(PAGE, data=sent()).mimetype == "application/pdf"
    assert (len(papers()), states()) == (2, [])


def test_where_the_limit_lies() -> None:
    assert [is_many(AT_ONCE), is_many(AT_ONCE + 1)] == [False, True]


def test_what_has_no_number_is_printed_by_the_worker_too(organizer: PageClient, three: list[Registration]) -> None:
    where = asked(organizer, kind=NAMEPLATE, qr="y")
    work_long(LONG_JOBS, at=now())
    assert papers() == [] and [one["papers"] for one in lines("printed papers")] == [3]
    assert set(codes(organizer.get(f"{where}/papers.pdf").data)) == {"http://localhost/meetings/spring/agenda"}
    assert "of them are new" not in organizer.get(where).text


def test_stopped_none_is_issued(organizer: PageClient, three: list[Registration]) -> None:
    where = asked(organizer)

    def make_and_stop(meeting: Meeting, lease: Lease, tell: Tell) -> Made:
        made = making.make(meeting, lease, tell, clock=now)
        db.session.rollback()
        assert organizer.post(f"{where}/stop").location == where
        return made

    assert work_long([job("issue papers", PAPERS, make_and_stop)], at=now()) == MADE
    assert (states(), papers(), lines("issued papers")) == ([STOPPED], [], [])
    page = organizer.get(where).text
    assert "No file was made." in page and "Make it again" in page
    assert asked(organizer) != where


def test_what_a_killed_worker_made_is_made_again_and_issued_once(
    organizer: PageClient, three: list[Registration], monkeypatch: pytest.MonkeyPatch
) -> None:
    where = asked(organizer)
    with monkeypatch.context() as patch:
        patch.setattr(actions, "_finish", dies)
        with pytest.raises(KeyboardInterrupt):
            work_long(LONG_JOBS, at=now())
    assert (states(), papers()) == ([WORKING], []) and work_long(LONG_JOBS, at=now()) == {}
    assert work_long(LONG_JOBS, at=now() + LEASE + timedelta(minutes=1)) == MADE
    assert (states(), [one.number for one in papers()]) == ([DONE], [1, 2, 3])
    assert len(lines("issued papers")) == 1 and len(codes(organizer.get(f"{where}/papers.pdf").data)) == 3


def test_were_they_issued_before_the_file_is_there_a_kill_would_show(
    organizer: PageClient, three: list[Registration], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: a worker that issues them as it makes them, and dies."""
    asked(organizer)

    def issue_first(meeting: Meeting, lease: Lease, tell: Tell) -> Made:
        made = making.make(meeting, lease, tell, clock=now)
        db.session.rollback()
        with transaction():
            assert made.finish is not None
            made.finish(now())
        return made

    monkeypatch.setattr(actions, "_finish", dies)
    with pytest.raises(KeyboardInterrupt):
        work_long([job("issue papers", PAPERS, issue_first)], at=now())
    assert (states(), len(papers())) == ([WORKING], 3)


def dies(*_what: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("looks", [True, False], ids=["it looks for the worker", "it does not: a number twice"])
def test_few_wait_while_the_worker_is_at_papers_of_the_meeting(
    organizer: PageClient, three: list[Registration], monkeypatch: pytest.MonkeyPatch, looks: bool
) -> None:
    """It has given out numbers that nobody has written down yet."""
    if not looks:
        monkeypatch.setattr(manage, "is_making", lambda *_asked: False)
    reference, answers = three[0].reference, list[int]()

    def make_while_another_presses(meeting: Meeting, lease: Lease, tell: Tell) -> Made:
        made = making.make(meeting, lease, tell, clock=now)
        db.session.rollback()
        answers.append(organizer.post(PAGE, data=sent(references=reference)).status_code)
        return made

    asked(organizer)
    assert ("These come next" in organizer.get(PAGE).text) is looks
    work_long([job("issue papers", PAPERS, make_while_another_presses, in_turn=True)], at=now())
    assert (answers, states()[0]) == (([303], DONE) if looks else ([200], "failed"))
    work_long(LONG_JOBS, at=now())
    assert len(papers()) == (3 if looks else 1)


def beside(page: str) -> str:
    """The sentence that stands beside the field with the numbers."""
    found = re.search(r'id="references-error">(.*?)</p>', page)
    assert found is not None
    return re.sub("<[^>]*>", "", found[1])


def test_all_that_is_no_number_is_named_once_in_one_sentence(organizer: PageClient, meeting: Meeting) -> None:
    known = make.registration(meeting).reference
    answer = organizer.post(PAGE, data=sent(references=f"3, {known}; 7 99 3 R-x"))
    assert answer.status_code == 422 and papers() == []
    assert beside(answer.text) == "Error: These are no numbers such as R-0165: 3, 7, 99, R-x."
    answer = organizer.post(PAGE, data=sent(references="3"))
    assert beside(answer.text) == "Error: This is no number such as R-0165: 3."


def test_who_is_named_and_gets_none_is_said_with_the_reason(organizer: PageClient, meeting: Meeting) -> None:
    came = make.registration(meeting)
    absent = make.registration(meeting, category=came.category)
    pending = make.registration(meeting, state="pending")
    other = make.registration(meeting, category=make.category(meeting, code="MED"))
    let_in(meeting, came)
    names = " ".join(one.reference for one in (came, absent, pending, other))
    chosen = sent(kind=CERTIFICATE, references=f"{names} R-9999", category=came.category.code)
    answer = organizer.post(PAGE, data=chosen)
    assert answer.status_code == 422 and papers() == []
    sentences = (
        "Nobody is registered under R-9999.",
        f"{pending.reference}: not approved, so without a paper.",
        f"{absent.reference}: not let in at a door, so without a certificate.",
        f"{other.reference}: not in the category or the list that is chosen.",
    )
    assert beside(answer.text) == "Error: " + " ".join(sentences)
    assert f"{came.reference}:" not in answer.text and f'value="{names} R-9999"' in answer.text


def test_who_was_not_let_in_is_counted_on_the_page(
    organizer: PageClient, meeting: Meeting, three: list[Registration]
) -> None:
    make.registration(meeting)
    let_in(meeting, *three)
    where = asked(organizer, kind=CERTIFICATE)
    work_long(LONG_JOBS, at=now())
    assert "1 person who has a place was not let in at a door, and gets no certificate." in organizer.get(where).text


def test_where_nobody_is_left_it_is_refused_with_the_reason(organizer: PageClient, three: list[Registration]) -> None:
    where = asked(organizer)
    with transaction():
        for one in three:
            db.session.merge(one).state = "withdrawn"
    work_long(LONG_JOBS, at=now())
    page = organizer.get(where).text
    assert states() == [REFUSED] and "Nobody is chosen." in page and "Make it again" in page


def test_more_than_one_file_holds_is_refused_at_once(
    organizer: PageClient, three: list[Registration], monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("actions", "manage"):
        monkeypatch.setattr(f"eventapp.personal_papers.{module}.MOST", 2)
    answer = organizer.post(PAGE, data=sent())
    assert answer.status_code == 409 and "3 people are chosen. Choose at most 2." in answer.text and states() == []


@pytest.mark.parametrize("is_sealed", [True, False], ids=["the file is sealed", "it is not: found"])
def test_sealed_answers_are_in_the_file_and_in_no_row(
    organizer: PageClient,
    meeting: Meeting,
    three: list[Registration],
    monkeypatch: pytest.MonkeyPatch,
    is_sealed: bool,
) -> None:
    passport = question(meeting, stage="approved", label={"en": "Passport"})
    with transaction():
        answer(db.session.merge(three[0]), {passport.code: [MARK]}, ("approved",), by=None, at=make.TODAY)
        words = f"{{name}} {{answer:{passport.code}}}"
        write_template(db.session.merge(meeting), INVITATION, "en", words, "", by=None, at=make.TODAY)
    if not is_sealed:
        monkeypatch.setattr(actions, "seal", lambda _owner, content: MARK.encode() + content)
    where = asked(organizer)
    work_long(LONG_JOBS, at=now())
    assert tables_with(MARK) == (set() if is_sealed else {"prepared_part"})
    if is_sealed:
        assert lines("looked at sealed answers") == []
        assert MARK in " ".join(texts(organizer.get(f"{where}/papers.pdf").data))
        assert [one["registrations"] for one in lines("looked at sealed answers")] == [[three[0].reference]]


def test_only_organizers_of_its_meeting_find_it(organizer: PageClient, meeting: Meeting, three: object) -> None:
    where = asked(organizer)
    work_long(LONG_JOBS, at=now())
    meeting = db.session.merge(meeting)
    organizer.sign_in(make.staff(meeting, ORGANIZER, make.person("Second organizer")))
    assert organizer.get(f"{where}/papers.pdf").status_code == 200
    elsewhere = make.meeting(slug="autumn")
    for who in (make.staff(elsewhere, ORGANIZER), make.staff(meeting, STEWARD), make.person("Guest")):
        organizer.sign_in(who)
        assert [organizer.get(f"{where}{tail}").status_code for tail in ("", "/papers.pdf")] == [404, 404]
        assert organizer.post(f"{where}/stop").status_code == 404
