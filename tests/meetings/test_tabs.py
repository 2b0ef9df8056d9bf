import pytest

from eventapp.meetings.models import ORGANIZER, RAPPORTEUR
from tests import make
from tests.browserless import PageClient


@pytest.mark.parametrize(
    ("role", "tabs"),
    [
        (RAPPORTEUR, ["Record", "Review"]),
        (
            ORGANIZER,
            ["Today", "Agenda", "People", "Delegations", "Badges", "Door", "Record", "Review", "Messages", "Settings"],
        ),
    ],
)
def test_a_work_page_shows_the_tabs_that_open(client: PageClient, role: str, tabs: list[str]) -> None:
    meeting = make.meeting()
    client.sign_in(make.staff(meeting, role))
    page = client.get(f"/meetings/{meeting.slug}/record").text

    nav = page.split('<nav class="tabs"')[1].split("</nav>")[0]
    assert [part.split("</a>")[0].split(">")[-1] for part in nav.split("<a ")[1:]] == tabs
