"""Files as answers: looked into, held over a fault, shown to organizers alone, replaced and deleted with the answer."""

from datetime import timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from eventapp.ground.db import db, transaction
from eventapp.ground.jobs.scheduler import work_through
from eventapp.ground.web.uploads import Unfit
from eventapp.history.models import Entry
from eventapp.meetings.models import Category, Meeting
from eventapp.registration.answers import views as more
from eventapp.registration.answers.models import Answer
from eventapp.registration.answers.queries import answers_in_words
from eventapp.registration.changes import manage as correcting
from eventapp.registration.entry import own_token
from eventapp.registration.jobs import JOBS
from eventapp.registration.models import Registration, Upload
from eventapp.registration.uploads.answered import taken
from eventapp.registration.uploads.reading import MEGABYTE
from eventapp.registration.uploads.retention import forget_now
from eventapp.registration.walk_ins import manage as walk_ins
from tests import make
from tests.browserless import PageClient
from tests.make import TODAY
from tests.make_questions import question
from tests.make_registration import confirmed
from tests.registration.filling import PDF, count, only, send, set_clock, typed
from tests.registration.test_held_files import secret_in
from tests.registration.test_uploads import picture


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    set_clock(monkeypatch, TODAY)
    for room in (correcting, walk_ins, more):
        monkeypatch.setattr(room, "now", lambda: TODAY)


@pytest.fixture
def meeting(app: object) -> Meeting:
    return make.meeting(slug="spring")


@pytest.fixture
def category(meeting: Meeting) -> Category:
    return make.category(meeting, code="NGO")


def docx(macros: bool = False) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("word/document.xml", "<document/>")
        if macros:
            packed.writestr("word/vbaProject.bin", "x")
    return out.getvalue()


def sent(content: bytes = PDF, name: str = "passport.pdf", field: str = "q_q1") -> dict[str, Any]:
    return {field: (BytesIO(content), name)}


def files() -> list[tuple[str, str, str]]:
    db.session.expire_all()
    return [
        (one.kind, one.given_name, one.content_type) for one in db.session.scalars(select(Upload).order_by(Upload.id))
    ]


def words() -> list[str]:
    db.session.expire_all()
    return [one.words for one in answers_in_words(only())]


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (PDF, "visa.pdf", "application/pdf"),
        (picture(), "visa.png", "image/jpeg"),
        (docx(), "visa.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ],
)
def test_a_file_is_an_answer_that_its_sender_and_organizers_open(
    client: PageClient, meeting: Meeting, category: Category, content: bytes, name: str, kind: str
) -> None:
    question(meeting, kind="file", label={"en": "Passport"}, is_required=True)
    missing = send(client, meeting, typed(category))
    assert missing.status_code == 422
    assert 'id="q_q1-error"' in missing.text
    assert send(client, meeting, typed(category) | sent(content, name)).status_code == 303
    assert (files(), words()) == ([("q1", name, kind)], [name])

    one = only()
    token = own_token(one)
    own = f"/registrations/{token}/answers/q1"
    assert own in client.get(f"/registrations/{token}").text
    answer = client.get(own)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert client.get(f"/registrations/{token}/answers/q2").status_code == 404
    assert name in client.get(f"/registrations/{token}/everything.json").text

    manage = f"/meetings/spring/manage/registrations/{one.reference}/answers/q1"
    assert client.get(manage).status_code != 200, "not for everybody"
    client.sign_in(make.staff(meeting, "organizer"))
    panel = client.get(f"/meetings/spring/manage/registrations?state=everyone&open={one.reference}").text
    assert manage in panel
    assert client.get(manage).data == answer.data
    sheet = client.get("/meetings/spring/manage/registrations.csv?state=everyone&columns=number,q1")
    assert name in sheet.text


def test_the_door_has_no_way_to_it(client: PageClient, meeting: Meeting, category: Category) -> None:
    question(meeting, kind="file")
    send(client, meeting, typed(category) | sent())
    client.sign_in(make.staff(meeting, "steward"))
    assert client.get(f"/meetings/spring/manage/registrations/{only().reference}/answers/q1").status_code == 404


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"MZ program", "Choose a PDF, a DOCX, a PNG or a JPEG."),
        (b"<html>", "Choose a PDF, a DOCX, a PNG or a JPEG."),
        (b"", "This file is empty."),
        (docx(macros=True), "This document has macros in it."),
    ],
)
def test_what_cannot_be_taken_is_said_beside_it(
    client: PageClient, meeting: Meeting, category: Category, content: bytes, sentence: str
) -> None:
    question(meeting, kind="file")
    answer = send(client, meeting, typed(category) | sent(content, "passport.pdf"))
    assert answer.status_code == 422
    assert 'id="q_q1-error"' in answer.text and sentence in answer.text
    assert count(Registration) == count(Upload) == 0


def test_a_file_over_the_limit_is_not_opened() -> None:
    with pytest.raises(Unfit, match="Choose a file of 5 MB or less"):
        taken("q1", FileStorage(BytesIO(PDF + b" " * 5 * MEGABYTE), filename="passport.pdf"))


def test_it_survives_a_fault_beside_a_letter_and_can_be_left_out(
    client: PageClient, meeting: Meeting, category: Category
) -> None:
    question(meeting, kind="file")
    question(meeting, kind="file", label={"en": "CV"})
    letter = {"letter": (BytesIO(PDF), "note verbale.pdf")}
    wrong = typed(category, job_title="") | letter | sent() | sent(docx(), "cv.docx", "q_q2")
    first = send(client, meeting, wrong)
    second = send(client, meeting, typed(category, email="anong@", held=secret_in(first)))
    for page in (first, second):
        assert page.status_code == 422
        assert all(name in page.text for name in ("note verbale.pdf", "passport.pdf", "cv.docx"))
    assert send(client, meeting, typed(category, held=secret_in(second), leave_out="q_q2")).status_code == 303
    assert [name for _kind, name, _type in files()] == ["note verbale.pdf", "passport.pdf"]
    assert words() == ["passport.pdf"]


def test_another_one_takes_its_place_and_it_can_be_deleted(
    client: PageClient, meeting: Meeting, category: Category
) -> None:
    question(meeting, kind="file")
    send(client, meeting, typed(category) | sent())
    edit = f"/registrations/{own_token(only())}/edit"
    assert "On file: passport.pdf" in client.get(edit).text
    assert client.post(edit, data=typed(category)).status_code == 303
    assert words() == ["passport.pdf"], "nothing chosen, nothing changed"
    assert client.post(edit, data=typed(category) | sent(b"%PDF-newer%%EOF")).status_code == 303
    assert (files(), count(Answer)) == ([("q1", "passport.pdf", "application/pdf")], 1)
    wrong = client.post(edit, data=typed(category, job_title="", leave_out="q_q1"))
    assert 'value="q_q1" checked' in wrong.text
    assert client.post(edit, data=typed(category, leave_out="q_q1")).status_code == 303
    assert (files(), words()) == ([], [])


def test_the_second_stage_and_organizers_take_files_too(
    client: PageClient, meeting: Meeting, category: Category
) -> None:
    question(meeting, kind="file", stage="approved", label={"en": "Visa"}, is_required=True)
    question(meeting, stage="approved", label={"en": "Flight"}, is_required=True)
    question(meeting, kind="file", stage="desk", label={"en": "Badge photo"})
    one = confirmed(meeting, category)
    token = own_token(one)
    page = f"/registrations/{token}/questions"
    wrong = client.post(page, data=sent())
    assert wrong.status_code == 422
    assert "passport.pdf" in wrong.text and "chosen" in wrong.text
    held = wrong.text.split('name="held"')[1].split('value="')[1].split('"')[0]
    assert client.post(page, data={"held": held, "q_q2": "TG 921"}).status_code == 303
    assert [one.words for one in answers_in_words(one, own=True)] == ["passport.pdf", "TG 921"]

    client.sign_in(make.staff(meeting, "organizer"))
    here = f"/meetings/spring/manage/registrations/{one.reference}/answers"
    data = typed(category) | sent(field="q_q3", name="badge.pdf")
    assert client.post(here, data=data, content_type="multipart/form-data").status_code == 303
    assert client.get(f"{here}/q3").status_code == 200
    assert client.get(f"/registrations/{token}/answers/q3").status_code == 404, "only organizers see it"


def test_the_counter_takes_one_and_does_not_insist(client: PageClient, meeting: Meeting, category: Category) -> None:
    question(meeting, kind="file", is_required=True)
    client.sign_in(make.staff(meeting, "organizer"))
    here = "/meetings/spring/manage/registrations/new"
    assert client.post(here, data=typed(category)).status_code == 303
    data = typed(category, key="another", email="b@example.org") | sent()
    assert client.post(here, data=data, content_type="multipart/form-data").status_code == 303
    assert [name for _kind, name, _type in files()] == ["passport.pdf"]


def test_it_goes_with_a_personal_answer_and_with_all_that_is_private(
    client: PageClient, meeting: Meeting, category: Category
) -> None:
    question(meeting, kind="file", is_personal=True, retention_days=7)
    question(meeting, kind="file", label={"en": "CV"})
    send(client, meeting, typed(category) | sent() | sent(docx(), "cv.docx", "q_q2"))
    changes = db.session.scalars(select(Entry.detail).where(Entry.verb == "answered questions")).one()["changes"]
    assert changes == {"Which flight do you take?": None, "CV": ["", "cv.docx"]}
    work_through(JOBS, at=make.TODAY + timedelta(days=22))  # eight days after the last one
    assert ([name for _kind, name, _type in files()], words()) == (["cv.docx"], ["cv.docx"])
    with transaction():
        forget_now(db.session.get_one(Registration, only().id), by=None, at=TODAY)
    assert (files(), words()) == ([], ["cv.docx"])
    assert answers_in_words(only())[0].file == ""
