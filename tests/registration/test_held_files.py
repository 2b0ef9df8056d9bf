"""Files survive a form that comes back: held for that form, for a while, and for nobody else."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from eventapp.drafts.held import actions as held
from eventapp.drafts.held.models import HeldFile
from eventapp.drafts.jobs import JOBS
from eventapp.ground.db import db, transaction
from eventapp.meetings.models import Category, Meeting
from eventapp.registration.entry import own_token
from eventapp.registration.models import Registration, Upload
from tests import make
from tests.browserless import PageClient
from tests.journeys.reader import Page
from tests.make import TODAY
from tests.make_registration import confirmed
from tests.registration.filling import PDF, count, send, set_clock, typed
from tests.registration.test_uploads import picture


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    set_clock(monkeypatch, TODAY)


@pytest.fixture
def meeting() -> Meeting:
    return make.meeting()


@pytest.fixture
def category(meeting: Meeting) -> Category:
    return make.category(meeting, code="NGO", needs_letter=True)


def letter(content: bytes = PDF, name: str = "note verbale.pdf") -> dict[str, Any]:
    return {"letter": (BytesIO(content), name)}


def secret_in(answer: TestResponse) -> str:
    """The secret of the files that the page has."""
    form = Page("", answer.status_code, "text/html", answer.data).form("/registration")
    return form.values["held"][0]


def letters() -> list[tuple[str, bytes]]:
    return [(one.given_name, one.content) for one in db.session.scalars(select(Upload).order_by(Upload.id))]


def test_a_letter_and_a_photograph_survive_two_faults(client: PageClient, meeting: Meeting, category: Category) -> None:
    wrong = typed(category, job_title="")
    first = send(client, meeting, wrong | letter() | {"photo": (BytesIO(picture(size=(400, 300))), "me.png")})
    second = send(client, meeting, typed(category, email="anong@", held=secret_in(first)))
    held_now = secret_in(second)
    sent = send(client, meeting, typed(category, held=held_now))

    for answer in (first, second):
        assert answer.status_code == 422
        assert "note verbale.pdf" in answer.text and "me.png" in answer.text and "1 kB – chosen" in answer.text
    assert (sent.status_code, held_now) == (303, secret_in(first))
    assert [name for name, _content in letters()] == ["note verbale.pdf", "me.png"]
    again = send(client, meeting, typed(category, held=held_now))
    assert (again.status_code, count(Registration), count(Upload)) == (303, 1, 2), "a bad line repeats the same form"


def test_another_file_takes_its_place(client: PageClient, meeting: Meeting, category: Category) -> None:
    first = send(client, meeting, typed(category, job_title="") | letter())
    newer = letter(b"%PDF-1.7\nnewer\n%%EOF\n", "newer.pdf")
    second = send(client, meeting, typed(category, job_title="", held=secret_in(first)) | newer)
    send(client, meeting, typed(category, held=secret_in(second)))

    assert "newer.pdf" in second.text and "note verbale.pdf" not in second.text
    assert letters() == [("newer.pdf", b"%PDF-1.7\nnewer\n%%EOF\n")]


def test_a_file_that_cannot_be_taken_leaves_the_one_before(
    client: PageClient, meeting: Meeting, category: Category
) -> None:
    first = send(client, meeting, typed(category, job_title="") | letter())
    second = send(client, meeting, typed(category, held=secret_in(first)) | letter(b"MZ", "virus.exe"))

    assert second.status_code == 422
    assert "Choose a PDF, a PNG or a JPEG." in second.text and "note verbale.pdf" in second.text


def test_a_file_is_left_out(client: PageClient, meeting: Meeting, category: Category) -> None:
    first = send(client, meeting, typed(category, job_title="") | letter())
    second = send(client, meeting, typed(category, job_title="", held=secret_in(first), leave_out="letter"))
    send(client, meeting, typed(category, held=secret_in(first)))

    assert ("note verbale.pdf" in second.text, letters(), count(HeldFile)) == (False, [], 0)


def test_changing_the_category_keeps_them_too(client: PageClient, meeting: Meeting, category: Category) -> None:
    make.category(meeting, code="UN")
    answer = send(client, meeting, typed(category, asked="UN") | letter())

    assert (answer.status_code, "note verbale.pdf" in answer.text) == (200, True)


def test_they_belong_to_whoever_has_the_secret_and_no_page_shows_them(
    client: PageClient, meeting: Meeting, category: Category
) -> None:
    secret = secret_in(send(client, meeting, typed(category, job_title="") | letter()))
    row = db.session.scalars(select(HeldFile)).one()
    assert secret not in (row.form_hash, row.field, row.sha256)

    for guess in ("", "x", row.form_hash, secret[:-1]):
        answer = send(client, meeting, typed(category, job_title="", held=guess))
        assert "note verbale.pdf" not in answer.text


def test_they_go_after_two_hours(
    client: PageClient, meeting: Meeting, category: Category, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = secret_in(send(client, meeting, typed(category, job_title="") | letter()))
    (job,) = (one for one in JOBS if one.name == "held files")
    before, after = TODAY + timedelta(hours=1, minutes=59), TODAY + timedelta(hours=2)

    assert (job.is_due(before), job.is_due(after)) == (False, True)
    set_clock(monkeypatch, after)
    assert "note verbale.pdf" not in send(client, meeting, typed(category, job_title="", held=secret)).text
    with transaction():
        job.do(after)
    assert count(HeldFile) == 0


def test_where_there_is_no_room_the_page_asks_again(
    client: PageClient, meeting: Meeting, category: Category, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(held, "ROOM", len(PDF) - 1)
    answer = send(client, meeting, typed(category, job_title="") | letter())

    assert "Choose note verbale.pdf again: it could not be held." in answer.text
    assert (count(HeldFile), secret_in(answer)) == (0, "")


def test_changed_answers_keep_theirs(client: PageClient, meeting: Meeting, category: Category) -> None:
    registration = confirmed(meeting, category, email="anong@example.org")
    address = f"/registrations/{own_token(registration)}/edit"

    first = client.post(address, data=typed(category, job_title="") | letter())
    secret = Page("", 422, "text/html", first.data).form("/edit").values["held"][0]
    answer = client.post(address, data=typed(category, held=secret))

    assert (first.status_code, answer.status_code) == (422, 303)
    assert [name for name, _content in letters()] == ["note verbale.pdf"]


def test_files_go_along_to_another_language_and_nothing_is_sent(
    client: PageClient, meeting: Meeting, category: Category
) -> None:
    answer = send(client, meeting, typed(category, job_title="", redraw="fr") | letter())
    assert answer.status_code == 200 and '<html lang="fr"' in answer.text
    assert "note verbale.pdf" in answer.text and 'aria-invalid="true"' not in answer.text
    assert not letters() and count(Registration) == 0
    assert send(client, meeting, typed(category, held=secret_in(answer))).status_code == 303
    assert letters() == [("note verbale.pdf", PDF)]
