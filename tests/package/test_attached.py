"""What a meeting has beside its record, in a package: questions and answers, files, pages of information, delegations."""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.agenda.models import Session
from eventapp.documents.kinds import PARTICIPANTS
from eventapp.documents.models import DocumentFile, SessionDocument
from eventapp.documents.queries import documents_of_session, file_at, files_of
from eventapp.drafts.actions import Sent
from eventapp.ground.db import db, transaction
from eventapp.information.models import InformationPage, InformationPicture
from eventapp.information.queries import page_at, picture_of
from eventapp.inputs.actions import send
from eventapp.inputs.answers.queries import shown_of_input
from eventapp.inputs.queries import input_at
from eventapp.meetings.models import Meeting
from eventapp.meetings.queries import meeting_at
from eventapp.package.export import attached
from eventapp.package.export.meeting import filled
from eventapp.package.manifest.content import ARCHIVE, LEVELS, PUBLIC
from eventapp.questions.queries import every_question_ever
from eventapp.registration.answers.actions import answer
from eventapp.registration.answers.queries import answers_in_words
from eventapp.registration.models import Delegation, DelegationLetter, Registration
from tests import make, make_documents, make_inputs, make_package
from tests.make_package import files, package, read, words
from tests.make_questions import condition, question
from tests.package.test_importing import flask, imported, rows
from tests.package.test_summing import rezipped

PICTURE = b"\xff\xd8\xff picture"

OLDER = b"%PDF-1.7\n% older\n%%EOF\n"


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    """A meeting with questions, two people and an input that answered, files, pages and delegations."""
    meeting = make_package.held()
    make_inputs.call(meeting)
    listed = db.session.scalars(select(Registration)).one()
    hidden = make.registration(meeting, lists_name=False, delegation=make.delegation(meeting, "CanaryBureau"))
    visit = question(meeting, kind="choice", label={"en": "Visit?"}, choices=("Yes", "No"), categories=("GOV",))
    question(meeting, label={"en": "Why?"}, condition=condition(visit, "1"))
    question(meeting, label={"en": "Passport"}, is_personal=True, retention_days=3)
    question(meeting, stage="desk", label={"en": "CanaryDesk"})
    question(meeting, stage="input", kind="date", label={"en": "Since when?", "fr": "Depuis quand ?"})
    given = {"q1": ["1"], "q2": ["To see the port"], "q3": ["CanaryPassport"], "q4": ["CanaryNoted"]}
    stages = ("registration", "desk")
    with transaction():
        answer(listed, given, stages, by=None, at=make.TODAY)
        answer(hidden, {"q2": ["CanaryHidden"]}, by=None, at=make.TODAY, category="GOV")
    written, _who = make_inputs.begun(meeting, lists_name=False)
    with transaction():
        dates = {"q5": ["2015-05-02"]}
        send(written, make_inputs.said(), Sent(0), at=make.TODAY, public=True, token="", answers=dates)
    make_documents.file(meeting.documents[0], OLDER)
    make_documents.file(meeting.documents[0])
    make_documents.file(
        make.document(meeting, symbol="INF/2", audience=PARTICIPANTS), b"%PDF-1.7\nCanaryClosed\n%%EOF\n"
    )
    material = make.document(meeting, symbol="INF/3", title="Slides", position=9)
    make.kept(SessionDocument(document_id=material.id, session_id=meeting_session(meeting).id, sub_item=7))
    page_with_picture(meeting)
    make.kept(InformationPage(meeting_id=meeting.id, slug="draft", texts={"en": {"title": "CanaryDraft", "text": ""}}))
    accredited(meeting, listed.delegation)
    return meeting


def meeting_session(meeting: Meeting) -> Session:
    return db.session.scalars(
        select(Session).where(Session.meeting_id == meeting.id).order_by(Session.id).limit(1)
    ).one()


def page_with_picture(meeting: Meeting) -> None:
    texts = {"en": {"title": "Venue", "text": "![Map](map.jpg)"}, "fr": {"title": "Lieu", "text": ""}}
    page = make.kept(
        InformationPage(meeting_id=meeting.id, slug="venue", texts=texts, position=2, published_at=make.TODAY)
    )
    digest = sha256(PICTURE).hexdigest()
    make.kept(
        InformationPicture(page_id=page.id, name="map.jpg", content=PICTURE, sha256=digest, uploaded_at=make.TODAY)
    )


def accredited(meeting: Meeting, delegation: Delegation) -> None:
    """Three places, another name, a letter that was replaced, and accredited in spite of something."""
    with transaction():
        delegation.places, delegation.accredited_at = 3, make.TODAY
        delegation.accredited_why = "The note verbale is on its way."
    make.delegation(meeting, "Another name of it", merged_into_id=delegation.id)
    letter = {"content_type": "application/pdf", "content": b"CanaryLetter", "sha256": "1" * 64}
    for number, replaced in (("12/59", make.TODAY), ("13/59", None)):
        row = DelegationLetter(delegation=delegation, reference=number, given_name="CanaryLetter.pdf", **letter)
        row.uploaded_at, row.replaced_at = make.TODAY, replaced
        make.kept(row)


def moved(meeting: Meeting) -> None:
    """So that the package can come in beside it."""
    with transaction():
        meeting.slug = "elsewhere"
        for one in db.session.scalars(select(Session)):
            one.uid = f"old-{one.uid}"


@pytest.mark.parametrize("level", LEVELS)
def test_nothing_personal_and_nothing_of_who_is_not_listed_leaves(meeting: Meeting, level: str) -> None:
    told = words(package(meeting, level))
    assert "Visit?" in told and "Since when?" in told and "Venue" in told
    canaries = ["Passport", "Hidden", "Noted", "Closed", "Draft", "Letter", "Bureau"]
    assert [one for one in canaries if f"Canary{one}" in told] == []
    assert ("CanaryDesk" in told, "To see the port" in told, "Another name of it" in told) == (level == ARCHIVE,) * 3
    names = [name for name in files(package(meeting, level)) if "/" in name and not name.startswith("reports/")]
    assert names == ["documents/1-en-1.pdf", "documents/1-en-2.pdf", "information/venue/map.jpg"]


@pytest.mark.parametrize("level", LEVELS)
def test_it_comes_back_and_leaves_again_as_it_came(app: Flask, meeting: Meeting, tmp_path: Path, level: str) -> None:
    came = tmp_path / "came.zip"
    came.write_bytes(package(meeting, level))
    moved(meeting)
    imported(came)
    db.session.expire_all()
    here = meeting_at("spring")
    assert here is not None
    assert package(here, level) == came.read_bytes()
    [document] = files_of(here.documents[:1]).values()
    kept = file_at(here.documents[0], "en")
    [(code, slides)] = [(meeting_session(here).code, one) for one in here.documents if one.title == "Slides"]
    assert [one.title for one in documents_of_session(here, code)] == ["Slides"]
    assert db.session.get_one(SessionDocument, slides.id).sub_item == 7
    page = page_at(here, "venue")
    assert [one.version for one in document] == [2] and kept is not None and page is not None
    older = file_at(here.documents[0], "en", 1)
    assert older is not None and (older.content, older.replaced_at) == (OLDER, make.TODAY)
    picture = picture_of(page, "map.jpg")
    assert picture is not None
    assert (kept.content, picture.content) == (make_documents.SMALL_PDF, PICTURE)
    person = db.session.scalars(select(Registration).where(Registration.meeting_id == here.id)).one()
    answers = {one.label: one.words for one in answers_in_words(person)}
    written = input_at(here, 1)
    assert written is not None
    dates = [one.label for one in shown_of_input(written)]
    if level == PUBLIC:
        assert (answers, dates, [one.code for one in every_question_ever(here)]) == ({}, [], ["q1", "q2", "q3", "q5"])
        return
    assert answers == {"Visit?": "Yes", "Why?": "To see the port"} and dates == ["Since when?"]
    delegation = person.delegation
    assert (delegation.places, delegation.accredited_why) == (3, "The note verbale is on its way.")
    merged = select(Delegation.name).where(Delegation.merged_into_id == delegation.id)
    assert list(db.session.scalars(merged)) == ["Another name of it"]
    letters = select(DelegationLetter).where(DelegationLetter.delegation_id == delegation.id)
    kept_letters = [
        (one.reference, one.has_content) for one in db.session.scalars(letters.order_by(DelegationLetter.id))
    ]
    assert kept_letters == [("12/59", False), ("13/59", False)]


@pytest.mark.parametrize(
    ("name", "place", "change", "says"),
    [
        ("questions.json", 0, {"kind": "riddle"}, "question q1: no question"),
        ("questions.json", 0, {"wording_number": 7}, "question q1: its versions"),
        ("questions.json", 0, {"categories": ["NONE"]}, "question q1: its versions, or who"),
        ("questions.json", 1, {"condition": {"match": "all", "of": [{"question": "q1"}]}}, "question q2: no question"),
        ("questions.json", 1, {"help": {"en": ["x"]}}, "question q2: no question"),
        ("questions.json", 1, {"is_personal": True}, "participant 0: answer to 'q2'"),
        ("information.json", 0, {"texts": {"en": {"text": "No title"}}}, "page 'venue': its texts"),
        ("information.json", 0, {"slug": "other"}, "page 'other': its texts or pictures"),
        ("documents.json", 0, {"session": "S99"}, "session 'S99'"),
        ("documents.json", 0, {"sub_item": 3}, "session ''"),
        ("delegations.json", 0, {"country": "XXX"}, "its country"),
        ("delegations.json", 0, {"other_names": ["A", "A"]}, "is there twice"),
    ],
)
def test_what_no_export_would_say_is_refused(
    app: Flask, meeting: Meeting, tmp_path: Path, name: str, place: int, change: dict[str, Any], says: str
) -> None:
    found = files(package(meeting, ARCHIVE))
    values = json.loads(found[name])
    values[place] = {**values[place], **change}
    before = rows()
    code, told = flask(app, "verify", str(rezipped(found, tmp_path, name, values)))
    assert (code, says in told) == (1, True), told
    assert rows() == before


def test_a_file_that_is_another_one_is_refused(app: Flask, meeting: Meeting, tmp_path: Path) -> None:
    found = files(package(meeting))
    documents = json.loads(found["documents.json"])
    documents[0]["files"][0]["sha256"] = "0" * 64
    told = flask(app, "verify", str(rezipped(found, tmp_path, "documents.json", documents)))[1]
    assert "documents/1-en-1.pdf: it is not the file that is named" in told
    documents = json.loads(found["documents.json"])
    documents[0]["files"].append(documents[0]["files"][1])
    told = flask(app, "verify", str(rezipped(found, tmp_path, "documents.json", documents)))[1]
    assert "version 2 in 'en' twice" in told
    documents[0]["files"].pop()
    del documents[0]["files"][0]["replaced_at"]
    told = flask(app, "verify", str(rezipped(found, tmp_path, "documents.json", documents)))[1]
    assert "two newest files in 'en'" in told
    documents[0]["files"] = []
    told = flask(app, "verify", str(rezipped(found, tmp_path, "documents.json", documents)))[1]
    assert "documents/1-en-1.pdf: it belongs to nothing" in told or "manifest" in told


def test_files_there_is_no_room_for_stay_and_are_counted(meeting: Meeting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attached, "MOST_BYTES", len(PICTURE))
    made = filled(meeting, PUBLIC)
    assert (list(made.package.files), made.left_out.files) == (["information/venue/map.jpg"], 2)
    assert read(package(meeting), "documents.json")[0].get("files") is None
    assert db.session.scalar(select(DocumentFile.id).limit(1)) is not None
