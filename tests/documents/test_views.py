import pytest

from eventapp.meetings.models import ORGANIZER, Document, Meeting
from eventapp.registration.models import APPROVED, DECLINED
from tests import make, make_agenda, make_documents
from tests.browserless import PageClient
from tests.counting import counted

PAGE = "/meetings/spring/documents"
MARK = "A paper for participants"


@pytest.fixture
def meeting(app: object) -> Meeting:
    return make.meeting(slug="spring", languages=["en", "fr"])


@pytest.fixture
def hidden(meeting: Meeting) -> Document:
    """A document for participants, with a file and an address."""
    facts = {"audience": "participants", "address": "https://example.org/hidden"}
    row = make.document(meeting, title=MARK, **facts)
    make_documents.file(row)
    return row


def test_the_page_groups_by_agenda_item_and_kind(client: PageClient, meeting: Meeting) -> None:
    make.document(meeting, symbol="E/1", agenda_item="3", kind="working", position=1)
    make.document(meeting, symbol="E/2", kind="presentation", position=2)
    make.document(meeting, symbol="E/3", agenda_item="3", position=3)
    page = client.get(PAGE).text
    places = [page.index(words) for words in ("Item 3", "E/1", "E/3", "Presentation</h2>", "E/2")]
    assert places == sorted(places)


def test_each_language_is_a_link_the_readers_first(client: PageClient, meeting: Meeting) -> None:
    row = make.document(meeting)
    make_documents.file(row, language="en")
    make_documents.file(row, language="fr")
    english, french = f'href="{PAGE}/{row.id}/en"', f'href="{PAGE}/{row.id}/fr"'
    page = client.get(PAGE).text
    assert page.index(english) < page.index(french)
    assert 'hreflang="fr"' in page and "PDF, <bdi>1 kB</bdi>" in page
    page = client.get(f"{PAGE}?language=fr").text
    assert page.index(french) < page.index(english)


def test_a_file_is_a_download_that_no_browser_runs(client: PageClient, meeting: Meeting) -> None:
    row = make.document(meeting, symbol="E/ESCAP/1")
    make_documents.file(row)
    answer = client.get(f"{PAGE}/{row.id}/en")
    assert answer.data == make_documents.SMALL_PDF
    assert answer.headers["Content-Disposition"] == 'attachment; filename="E-ESCAP-1-en.pdf"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_an_older_version_has_its_own_address(client: PageClient, meeting: Meeting) -> None:
    row = make.document(meeting)
    make_documents.file(row)
    make_documents.file(row, b"%PDF-1.7\nnewer\n%%EOF\n")
    assert b"newer" in client.get(f"{PAGE}/{row.id}/en").data
    assert client.get(f"{PAGE}/{row.id}/en/1").data == make_documents.SMALL_PDF
    assert client.get(f"{PAGE}/{row.id}/en/3").status_code == 404
    assert client.get(f"{PAGE}/{row.id}/fr").status_code == 404


def test_what_is_for_participants_is_not_there_for_a_visitor(client: PageClient, hidden: Document) -> None:
    for address in (f"{PAGE}/{hidden.id}/en", f"{PAGE}/{hidden.id}/en/1"):
        assert client.get(address).status_code == 404
    page = client.get(PAGE).text
    assert MARK in page and "For participants of the meeting" in page and "Sign in" in page
    for address in (PAGE, "/meetings/spring/", "/api/v1/meetings/spring"):
        assert "example.org/hidden" not in client.get(address).text


@pytest.mark.parametrize(("state", "status"), [(APPROVED, 200), (DECLINED, 404), ("pending", 404), ("withdrawn", 404)])
def test_a_place_opens_what_is_for_participants(client: PageClient, hidden: Document, state: str, status: int) -> None:
    registration = make.registration(hidden.meeting, person=make.person(), state=state)
    client.sign_in(registration.person)
    assert client.get(f"{PAGE}/{hidden.id}/en").status_code == status
    assert ("example.org/hidden" in client.get(PAGE).text) == (status == 200)


@pytest.mark.parametrize("role", ["organizer", "rapporteur", "steward"])
def test_staff_opens_it_too(client: PageClient, hidden: Document, role: str) -> None:
    client.sign_in(make.staff(hidden.meeting, role))
    assert client.get(f"{PAGE}/{hidden.id}/en").status_code == 200


def test_a_place_at_another_meeting_opens_nothing(client: PageClient, hidden: Document) -> None:
    client.sign_in(make.registration(make.meeting(), person=make.person()).person)
    assert client.get(f"{PAGE}/{hidden.id}/en").status_code == 404


def test_a_document_of_another_meeting_is_not_there(client: PageClient, meeting: Meeting) -> None:
    row = make.document(make.meeting())
    make_documents.file(row)
    assert client.get(f"{PAGE}/{row.id}/en").status_code == 404


def test_a_draft_shows_its_files_to_its_organizers_only(client: PageClient, app: object) -> None:
    meeting = make.meeting(slug="spring", published_at=None)
    row = make.document(meeting)
    make_documents.file(row)
    assert client.get(f"{PAGE}/{row.id}/en").status_code == 404
    client.sign_in(make.staff(meeting, "organizer"))
    assert client.get(f"{PAGE}/{row.id}/en").status_code == 200


def test_the_tab_is_there_once_there_is_a_document(client: PageClient, meeting: Meeting) -> None:
    assert f'href="{PAGE}"' not in client.get("/meetings/spring/").text
    make_documents.file(make.document(meeting))
    assert f'href="{PAGE}"' in client.get("/meetings/spring/").text


def test_the_page_of_a_session_lists_its_documents(client: PageClient, meeting: Meeting) -> None:
    row = make_documents.in_session(meeting, "S1", title="Slides of the keynote")
    make_documents.file(row)
    make_agenda.published(meeting)
    page = client.get("/meetings/spring/sessions/S1").text
    assert "Slides of the keynote" in page and f'href="{PAGE}/{row.id}/en"' in page
    newer = make_documents.file(row, b"%PDF-1.7\nnewer\n%%EOF\n", language="fr")
    assert f'href="{PAGE}/{row.id}/{newer.language}"' in client.get("/meetings/spring/sessions/S1").text


def test_a_session_that_was_not_released_is_named_to_organizers_only(client: PageClient, meeting: Meeting) -> None:
    make_documents.in_session(meeting, "S1", title="Slides of the keynote")
    make_agenda.published(meeting)
    make_documents.in_session(meeting, "S2", title="Slides of a draft")
    page = client.get(PAGE).text
    assert "Slides of a draft" in page and "/sessions/S1" in page and "/sessions/S2" not in page
    assert "/sessions/S2" in client.sign_in(make.staff(meeting, ORGANIZER)).get(PAGE).text


def test_the_page_asks_as_often_for_many_documents(client: PageClient, meeting: Meeting) -> None:
    def asked() -> int:
        with counted() as questions:
            client.get(PAGE)
        return len(questions)

    make_documents.file(make_documents.in_session(meeting, "S1"))
    asked()
    few = asked()
    for number in range(2, 8):
        make_documents.file(make_documents.in_session(meeting, f"S{number}"))
    asked()  # draws the line of the meeting anew
    assert asked() == few
