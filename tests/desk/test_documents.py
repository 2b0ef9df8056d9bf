"""The documents of a meeting in its settings."""

import re
from io import BytesIO
from typing import Any

import html5lib
import pytest
from sqlalchemy import select

from eventapp.agenda.models import Session
from eventapp.desk.documents import manage
from eventapp.documents import receiving
from eventapp.documents.models import DocumentFile
from eventapp.documents.queries import documents_of, documents_of_session, file_at, has_files
from eventapp.ground.db import db
from eventapp.meetings.models import Document, Meeting
from tests import make, make_documents
from tests.browserless import PageClient

PAGE = "/meetings/spring/manage/settings/documents"


@pytest.fixture
def meeting(app: object, monkeypatch: pytest.MonkeyPatch) -> Meeting:
    for edge in (manage, receiving):
        monkeypatch.setattr(edge, "now", lambda: make.TODAY)
    return make.meeting(slug="spring", languages=["en", "fr"])


@pytest.fixture
def desk(client: PageClient, meeting: Meeting) -> PageClient:
    """The meeting's organizer, signed in."""
    return client.sign_in(make.staff(meeting, "organizer"))


def typed(content: bytes | None = None, **facts: Any) -> dict[str, Any]:
    """The form as somebody sends it."""
    fields = {
        "title": "Agenda",
        "symbol": "L.1",
        "kind": "agenda",
        "audience": "public",
        "session": "",
        "language": "en",
    }
    file = {"file": (BytesIO(content), "paper.pdf")} if content is not None else {}
    return {**fields, **facts, **file}


def only(meeting: Meeting) -> Document:
    [row] = documents_of(meeting)
    return row


def test_a_document_is_added_changed_and_removed(desk: PageClient, meeting: Meeting) -> None:
    assert desk.post(PAGE, data=typed(make_documents.SMALL_PDF, language="fr")).status_code == 303
    row = only(meeting)
    assert (row.symbol, row.kind, row.audience) == ("L.1", "agenda", "public")
    assert file_at(row, "fr") is not None

    assert desk.get(f"{PAGE}/{row.id}").status_code == 200
    changed = typed(symbol="L.1/Rev.1", kind="working", audience="participants", agenda_item="3")
    assert desk.post(f"{PAGE}/{row.id}", data=changed).status_code == 303
    db.session.refresh(row)
    assert (row.symbol, row.kind, row.audience, row.agenda_item) == ("L.1/Rev.1", "working", "participants", "3")
    assert file_at(row, "fr") is not None

    assert desk.post(f"{PAGE}/{row.id}/removal").status_code == 303
    assert documents_of(meeting) == []


def test_an_address_that_is_no_link_is_refused(desk: PageClient, meeting: Meeting) -> None:
    assert desk.post(PAGE, data=typed(address="javascript:1")).status_code == 422
    assert documents_of(meeting) == []


def test_a_file_that_is_no_document_is_told_beside_its_field(desk: PageClient, meeting: Meeting) -> None:
    answer = desk.post(PAGE, data=typed(b"<!doctype html><script>alert(1)</script>"))
    assert answer.status_code == 422
    assert 'id="file-error"' in answer.text and "This file is none of them, whatever its name says." in answer.text
    assert 'value="L.1"' in answer.text
    assert documents_of(meeting) == []


def test_a_file_that_is_too_large_is_refused(
    desk: PageClient, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receiving, "MEGABYTE", 1024)
    monkeypatch.setattr(receiving, "most_megabytes", lambda: 7)
    answer = desk.post(PAGE, data=typed(b"%PDF-1.7" + b"x" * 7 * 1024 + b"%%EOF"))
    assert answer.status_code == 422 and "Choose a file of 7 MB or less." in answer.text


def secret_of(page: str) -> str:
    found = re.search(r'name="held" type="hidden" value="([^"]+)"', page)
    assert found, "the form holds no file"
    return found[1]


def test_a_form_with_a_fault_holds_its_file(desk: PageClient, meeting: Meeting) -> None:
    answer = desk.post(PAGE, data=typed(make_documents.SMALL_PDF, title=""))
    assert answer.status_code == 422 and "paper.pdf" in answer.text
    assert documents_of(meeting) == []

    again = desk.post(PAGE, data=typed(title="", held=secret_of(answer.text)))
    assert again.status_code == 422 and "paper.pdf" in again.text
    assert desk.post(PAGE, data=typed(language="fr", held=secret_of(again.text))).status_code == 303
    file = file_at(only(meeting), "fr")
    assert file is not None and (file.content, file.given_name) == (make_documents.SMALL_PDF, "paper.pdf")


def test_a_held_file_can_be_left_out(desk: PageClient, meeting: Meeting) -> None:
    answer = desk.post(PAGE, data=typed(make_documents.SMALL_PDF, title=""))
    sent = typed(held=secret_of(answer.text), leave_out="file")
    assert desk.post(PAGE, data=sent).status_code == 303
    assert not has_files(only(meeting))


def test_a_refused_version_holds_its_file(desk: PageClient, meeting: Meeting) -> None:
    row = make.document(meeting)
    make_documents.file(row)
    there = f"{PAGE}/{row.id}/files"
    answer = desk.post(there, data={"language": "en", "file": (BytesIO(make_documents.SMALL_PDF), "paper.pdf")})
    assert answer.status_code == 409 and "there already" in answer.text
    assert desk.post(there, data={"language": "fr", "held": secret_of(answer.text)}).status_code == 303
    assert file_at(row, "fr") is not None


def test_a_taken_symbol_is_refused_and_nothing_is_changed(desk: PageClient, meeting: Meeting) -> None:
    make.document(meeting, symbol="L.1")
    answer = desk.post(PAGE, data=typed(make_documents.SMALL_PDF))
    assert answer.status_code == 409 and "is there already" in answer.text
    assert db.session.scalars(select(DocumentFile)).all() == []


def test_a_newer_version_is_served_and_can_be_removed(desk: PageClient, meeting: Meeting) -> None:
    row = make.document(meeting)
    make_documents.file(row)
    newer = {"language": "en", "file": (BytesIO(b"%PDF-1.7\nnewer\n%%EOF\n"), "newer.pdf")}
    assert desk.post(f"{PAGE}/{row.id}/files", data=newer).status_code == 303
    file = file_at(row, "en")
    assert file is not None and file.version == 2
    page = desk.get(f"{PAGE}/{row.id}").text
    assert "newer.pdf" in page and "version 1" in page and "Replaced" in page

    assert desk.post(f"{PAGE}/{row.id}/files/{file.id}/removal").status_code == 303
    served = file_at(row, "en")
    assert served is not None and served.version == 1
    assert desk.post(f"{PAGE}/{row.id}/files/{file.id}/removal").status_code == 404


def test_a_version_without_a_file_is_refused(desk: PageClient, meeting: Meeting) -> None:
    row = make.document(meeting)
    answer = desk.post(f"{PAGE}/{row.id}/files", data={"language": "en"})
    assert answer.status_code == 422 and "Choose a file." in answer.text


def test_a_file_of_another_document_is_not_there(desk: PageClient, meeting: Meeting) -> None:
    row, other = make.document(meeting), make.document(meeting)
    file = make_documents.file(other)
    assert desk.post(f"{PAGE}/{row.id}/files/{file.id}/removal").status_code == 404
    assert has_files(other)


@pytest.mark.parametrize(
    ("asked", "order"),
    [
        ({"act": "up"}, "ACB"),
        ({"act": "down"}, "ABC"),
        ({"place": "1"}, "CAB"),
        ({"place": "2"}, "ACB"),
        ({"place": "0"}, "CAB"),
        ({"place": "9" * 30}, "ABC"),
        ({"place": "aside"}, "ABC"),
        ({}, "ABC"),
    ],
)
def test_a_document_is_moved(desk: PageClient, meeting: Meeting, asked: dict[str, str], order: str) -> None:
    rows = [make.document(meeting, symbol=symbol, position=1) for symbol in "ABC"]
    assert desk.post(f"{PAGE}/{rows[2].id}/place", data=asked).status_code == 303
    assert "".join(one.symbol for one in documents_of(meeting)) == order


def test_only_the_whole_list_is_put_in_order(desk: PageClient, meeting: Meeting) -> None:
    make_documents.in_session(meeting, "S1")
    assert "data-grip" in desk.get(PAGE).text
    assert "data-grip" not in desk.get(f"{PAGE}?session=S1").text


def test_the_session_editor_leads_to_the_documents_of_the_session(desk: PageClient, meeting: Meeting) -> None:
    mine, other = make_documents.in_session(meeting, "S1"), make_documents.in_session(meeting, "S2")
    assert f'href="{PAGE}?session=S1"' in desk.get("/meetings/spring/manage/agenda/sessions/S1").text
    page = desk.get(f"{PAGE}?session=S1").text
    assert mine.title in page and other.title not in page
    assert '<option selected value="S1">' in page
    answer = desk.post(f"{PAGE}?session=S1", data=typed(session="S1"))
    assert answer.status_code == 303 and answer.location.endswith("?session=S1")
    assert len(documents_of_session(meeting, "S1")) == 2


def test_a_cancelled_session_stays_with_its_document(desk: PageClient, meeting: Meeting) -> None:
    row = make_documents.in_session(meeting, "S1")
    session = db.session.scalars(select(Session)).one()
    session.cancelled_at = make.TODAY
    db.session.commit()
    assert desk.post(f"{PAGE}/{row.id}", data=typed(session="S1")).status_code == 303
    assert documents_of_session(meeting, "S1") == [row]


def test_nobody_else_finds_the_page(client: PageClient, meeting: Meeting) -> None:
    client.sign_in(make.staff(meeting, "rapporteur"))
    assert client.get(PAGE).status_code == 404


def test_a_closed_meeting_takes_no_document(desk: PageClient, meeting: Meeting) -> None:
    meeting.closed_at = make.TODAY
    db.session.commit()
    answer = desk.post(f"{PAGE}?session=S1", data=typed(make_documents.SMALL_PDF, title="Agenda <of> the first day"))
    assert answer.status_code == 409
    assert documents_of(meeting) == []
    assert "Agenda &lt;of&gt; the first day</textarea>" in answer.text  # nothing that was typed is lost
    assert f'action="{PAGE}?session=S1"' in answer.text and 'type="hidden" name="symbol" value="L.1"' in answer.text
    assert "These files go along" in answer.text and f'href="{PAGE}"' in answer.text
    meeting.closed_at = None
    db.session.commit()
    assert desk.post(f"{PAGE}?session=S1", data=sent_again(answer.text)).status_code == 303
    assert only(meeting).title == "Agenda <of> the first day"
    file = db.session.scalars(select(DocumentFile)).one()
    assert (file.given_name, file.content) == ("paper.pdf", make_documents.SMALL_PDF)


def sent_again(page: str) -> dict[str, str]:
    """What the page of a refusal sends again."""
    inputs = html5lib.parse(page.split("<main")[1], namespaceHTMLElements=False).iter("input")
    hidden = [one for one in inputs if one.get("type") == "hidden" and one.get("name") != "csrf_token"]
    return {str(one.get("name")): str(one.get("value")) for one in hidden}


def test_what_a_closed_meeting_held_is_looked_into_when_it_is_sent_again(desk: PageClient, meeting: Meeting) -> None:
    meeting.closed_at = make.TODAY
    db.session.commit()
    again = sent_again(desk.post(PAGE, data=typed(b"<svg/>")).text)
    twice = sent_again(desk.post(PAGE, data=again).text)
    assert twice["sent_files"] == again["sent_files"]  # it is held on
    meeting.closed_at = None
    db.session.commit()
    answer = desk.post(PAGE, data=again)
    assert answer.status_code == 422 and 'id="file-error"' in answer.text
    assert desk.post(PAGE, data=typed(held=again["sent_files"])).status_code == 303  # as one that was looked into: none
    assert not db.session.scalars(select(DocumentFile)).all()


def test_a_button_pressed_in_a_closed_meeting_says_only_why(desk: PageClient, meeting: Meeting) -> None:
    row = make.document(meeting)
    meeting.closed_at = make.TODAY
    db.session.commit()
    page = desk.post(f"{PAGE}/{row.id}/removal").text
    assert "This meeting is closed" in page and "What you typed" not in page and "Send it again" not in page


def test_a_file_goes_along_to_another_language(desk: PageClient, meeting: Meeting) -> None:
    answer = desk.post(PAGE, data=typed(make_documents.SMALL_PDF, title="", redraw="fr"))
    assert answer.status_code == 200 and '<html lang="fr"' in answer.text and "paper.pdf" in answer.text
    assert 'aria-invalid="true"' not in answer.text and documents_of(meeting) == []
    secret = re.search(r'name="held"[^>]* value="([^"]+)"', answer.text) or pytest.fail("not held")
    again = typed(held=secret[1])
    assert desk.post(PAGE, data=again).status_code == 303
    assert db.session.scalars(select(DocumentFile)).one().given_name == "paper.pdf"


def test_the_title_is_written_in_each_language_on_one_page(desk: PageClient, meeting: Meeting) -> None:
    meeting.languages = ["en", "fr", "ar"]
    db.session.commit()
    row = make.document(meeting)
    page = desk.get(f"{PAGE}/{row.id}?tab=fr").text
    assert re.search(r'name="tab" value="fr" checked', page) and page.count("not written") == 2
    assert desk.post(f"{PAGE}/{row.id}", data=typed(title_fr="Ordre du jour", title_ar="")).status_code == 303
    db.session.refresh(row)
    assert (row.title, row.texts) == ("Agenda", {"fr": {"title": "Ordre du jour"}})
    seen = re.search(r'name="seen"[^>]* value="(\w+)"', desk.get(f"{PAGE}/{row.id}").text) or pytest.fail("no mark")
    older = typed(seen=seen[1], title_fr="Ordre")
    assert desk.post(f"{PAGE}/{row.id}", data=typed(title_fr="Programme")).status_code == 303
    answer = desk.post(f"{PAGE}/{row.id}", data=older)  # somebody else changed the French meanwhile
    assert answer.status_code == 409 and "Programme" in answer.text and 'value="Ordre"' in answer.text
    wrong = desk.post(f"{PAGE}/{row.id}", data=typed(title_fr="x" * 400, tab="ar")).text
    assert 'class="tongue-tab wrong"' in wrong and re.search(r'name="tab" value="ar" checked', wrong)
