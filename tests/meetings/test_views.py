from datetime import timedelta

import pytest

from eventapp.meetings import views
from tests import make
from tests.browserless import PageClient


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "now", lambda: make.TODAY)


def test_everybody_sees_a_published_meeting(client: PageClient) -> None:
    make.meeting(
        slug="spring",
        title="Spring review",
        mandate=["The resolution asks for it."],
        content_blocks=["Trends seen", "Plans made", "Practices shared", "A discussion", "One thing more"],
        outcomes_go_to=["To the Forum."],
        languages=["en", "zh-Hans", "xx-none"],
    )

    page = client.get("/meetings/spring/")
    assert page.status_code == 200
    for words in ("Spring review", "The resolution asks for it.", "A discussion", "One thing more", "To the Forum."):
        assert words in page.text
    assert "English, Chinese (Simplified), xx-none" in page.text
    assert '<a href="/meetings/spring/my-registration">See your registration</a>' in page.text


def test_an_unpublished_meeting_is_not_there_but_for_its_organizers(client: PageClient) -> None:
    meeting = make.meeting(slug="spring", published_at=None)
    organizer = make.staff(meeting, "organizer")

    assert client.get("/meetings/spring/").status_code == 404
    assert "Only its organizers see this page" in client.sign_in(organizer).get("/meetings/spring/").text


@pytest.mark.parametrize(
    ("opens", "closes", "says"),
    [
        (-30, 7, "Registration closes on 9 March 2026."),
        (3, 7, "Registration opens on 5 March 2026."),
        (-30, -1, "Registration closed on 1 March 2026."),
    ],
)
def test_the_page_says_when_one_can_register(client: PageClient, opens: int, closes: int, says: str) -> None:
    make.meeting(
        slug="spring",
        registration_opens_at=make.TODAY + timedelta(days=opens),
        registration_closes_at=make.TODAY + timedelta(days=closes),
    )

    assert says in client.get("/meetings/spring/").text


def test_documents_lead_where_they_can_be_read(client: PageClient) -> None:
    meeting = make.meeting(slug="spring")
    make.document(meeting, symbol="L.1", title="Provisional agenda", address="https://example.org/l1")
    make.document(meeting, symbol="L.2", title="Annotations")

    page = client.get("/meetings/spring/").text
    assert '<a href="https://example.org/l1" rel="noreferrer"><bdi lang="en">Provisional agenda</bdi></a>' in page
    assert '<td><bdi lang="en">Annotations</bdi></td>' in page
