"""Files as answers to the questions of a meeting's own in the form of inputs."""

from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from eventapp.drafts import protocol, text_page
from eventapp.ground.db import db, transaction
from eventapp.inputs import manage, views
from eventapp.inputs.answers import manage as sheet
from eventapp.inputs.answers.models import AnswerFile
from eventapp.inputs.jobs import JOBS
from eventapp.inputs.models import Input
from eventapp.inputs.own import views as own
from eventapp.meetings.models import ORGANIZER, RAPPORTEUR, Meeting
from tests import make
from tests.browserless import PageClient
from tests.inputs.test_questions import FORM, address_of, answers, asked, version
from tests.make import TODAY
from tests.make_inputs import begun, call
from tests.make_questions import condition
from tests.registration.test_uploads import picture

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (views, own, manage, sheet, protocol, text_page):
        monkeypatch.setattr(module, "now", lambda: TODAY)


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    meeting = make.meeting()
    call(meeting)
    return meeting


def sent(content: bytes = PDF, name: str = "slides.pdf", field: str = "q_q1") -> dict[str, Any]:
    return {field: (BytesIO(content), name)}


def files() -> int:
    db.session.expire_all()
    return db.session.scalar(select(func.count(AnswerFile.id))) or 0


def test_a_file_answers_a_question_is_sent_and_read(client: PageClient, meeting: Meeting) -> None:
    asked(meeting, kind="file", label={"en": "Your slides"}, is_required=True)
    written, registration = begun(meeting)
    address = address_of(written, registration)
    missing = client.post(address, data={**FORM, **version(written)})
    assert missing.status_code == 422 and "Answer this question." in missing.text
    wrong = client.post(address, data={**FORM, **version(written), **sent(b"<script>", "a.pdf")})
    assert wrong.status_code == 422 and "Choose a PDF, a DOCX, a PNG or a JPEG." in wrong.text and not files()
    done = client.post(address, data={**FORM, **version(written), **sent()})
    assert done.status_code == 303 and answers(written) == [("Your slides", "slides.pdf")]
    page = client.get(address).text
    assert "On file: slides.pdf" in page
    base = f"/meetings/{meeting.slug}/manage/inputs"
    assert client.get(f"{base}/1/answers/q1").status_code in (302, 404), "not signed in"
    client.sign_in(make.staff(meeting, RAPPORTEUR))
    assert f'{base}/1/answers/q1">slides.pdf</a>' in client.get(f"{base}/1").text
    for where in (f"{base}/1/answers/q1", f"{address}/answers/q1"):
        got = client.get(where)
        assert got.status_code == 200 and got.data == PDF and got.mimetype == "application/pdf"
        assert got.headers["Content-Disposition"].startswith("attachment")
        assert got.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "slides.pdf" in client.get(f"{base}.csv").text
    again = client.post(address, data={**FORM, **version(written)})
    assert again.status_code == 303 and answers(written) == [("Your slides", "slides.pdf")], "it stays on file"


def test_a_file_is_held_where_the_form_comes_back_and_goes_with_the_next(client: PageClient, meeting: Meeting) -> None:
    asked(meeting, kind="file", label={"en": "Your slides"}, is_required=True)
    written, registration = begun(meeting)
    address = address_of(written, registration)
    refused = client.post(address, data={**FORM, **version(written), "organization": "", **sent()})
    assert refused.status_code == 422 and "slides.pdf" in refused.text and not files()
    held = refused.text.partition('name="held"')[2].partition('value="')[2].partition('"')[0]
    assert held
    done = client.post(address, data={**FORM, **version(written), "held": held})
    assert done.status_code == 303 and answers(written) == [("Your slides", "slides.pdf")] and files() == 1


def test_a_draft_keeps_a_file_beside_the_one_that_was_sent(client: PageClient, meeting: Meeting) -> None:
    asked(meeting, kind="file", label={"en": "Your slides"})
    written, registration = begun(meeting)
    address = address_of(written, registration)
    attached = client.post(f"{address}/file", data=sent())
    assert attached.status_code == 200 and "On file: slides.pdf" in attached.text
    assert not answers(written), "nothing is sent yet"
    client.post(f"{address}/draft", data={**FORM, **version(written)})
    assert "On file: slides.pdf" in client.get(address).text
    assert client.post(address, data={**FORM, **version(written)}).status_code == 303
    other = {**FORM, **version(written), **sent(picture(), "chart.png"), "keep": "1"}
    assert client.post(address, data=other).status_code == 303
    assert answers(written) == [("Your slides", "slides.pdf")] and files() == 2
    assert client.get(f"{address}/answers/q1").mimetype == "image/jpeg"
    client.sign_in(make.staff(meeting, RAPPORTEUR))
    assert client.get(f"/meetings/{meeting.slug}/manage/inputs/1/answers/q1").data == PDF
    assert client.post(address, data={**FORM, **version(written)}).status_code == 303
    assert answers(written) == [("Your slides", "chart.png")] and files() == 1, "the older one is deleted"
    assert client.post(address, data={**FORM, **version(written), "leave_out": "q_q1"}).status_code == 303
    assert not answers(written) and not files()


def test_a_file_that_answers_nothing_any_more_goes_when_the_input_is_sent(client: PageClient, meeting: Meeting) -> None:
    talk = asked(meeting, kind="yes_no", label={"en": "A talk?"})
    asked(meeting, kind="file", label={"en": "Your slides"}, condition=condition(talk, "yes"))
    written, registration = begun(meeting)
    address = address_of(written, registration)
    kept = {**FORM, **version(written), "q_q1": "yes", **sent(field="q_q2"), "keep": "1"}
    assert client.post(address, data=kept).status_code == 303
    hidden = {**FORM, **version(written), "q_q1": "no"}
    assert client.post(f"{address}/draft", data=hidden).status_code == 204
    assert files() == 1, "a draft throws nothing away"
    assert client.post(address, data={**FORM, **version(written), "q_q1": "no"}).status_code == 303
    assert not files() and answers(written) == [("A talk?", "No")]


def test_a_personal_file_is_organizers_alone_and_goes_after_its_days(client: PageClient, meeting: Meeting) -> None:
    asked(meeting, kind="file", label={"en": "Passport"}, is_personal=True, retention_days=3)
    written, registration = begun(meeting)
    address = address_of(written, registration)
    assert client.post(address, data={**FORM, **version(written), **sent()}).status_code == 303
    base = f"/meetings/{meeting.slug}/manage/inputs/1"
    client.sign_in(make.staff(meeting, RAPPORTEUR))
    assert client.get(f"{base}/answers/q1").status_code == 404 and "slides.pdf" not in client.get(base).text
    client.sign_in(make.staff(meeting, ORGANIZER))
    assert client.get(f"{base}/answers/q1").data == PDF
    (job,) = JOBS
    late = datetime.combine(meeting.ends_on, TODAY.time(), TODAY.tzinfo) + timedelta(days=5)
    with transaction():
        assert job.do(late) == 1
    assert not files() and not answers(written)
    with transaction():
        assert not job.is_due(late)


def test_a_late_or_foreign_file_is_refused(
    client: PageClient, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked(meeting, kind="file", label={"en": "Your slides"})
    asked(meeting, label={"en": "Topic"})
    written, registration = begun(meeting)
    address = address_of(written, registration)
    for field in ("q_q2", "q_q9", "other"):
        assert client.post(f"{address}/file", data=sent(field=field)).status_code == 400
    assert client.post(f"{address}/file", data=sent(b"no")).status_code == 422
    assert client.get(f"{address}/answers/q1").status_code == 404
    monkeypatch.setattr(own, "now", lambda: TODAY + timedelta(days=20))
    late = client.post(f"{address}/file", data=sent())
    assert late.status_code in (409, 410) and not files()


def test_two_files_of_one_input_are_told_apart(client: PageClient, meeting: Meeting) -> None:
    for words in ("Slides", "Paper"):
        asked(meeting, kind="file", label={"en": words})
    written, registration = begun(meeting)
    address = address_of(written, registration)
    both = {**FORM, **version(written), **sent(), **sent(picture(), "paper.png", "q_q2")}
    assert client.post(address, data=both).status_code == 303
    assert answers(written) == [("Slides", "slides.pdf"), ("Paper", "paper.png")]
    assert client.get(f"{address}/answers/q1").data == PDF and client.get(f"{address}/answers/q2").data != PDF
    assert isinstance(written, Input)
