from eventapp.db import transaction
from eventapp.history.actions import record
from tests import make
from tests.browserless import PageClient


def test_organizers_read_what_happened(client: PageClient) -> None:
    meeting, other = make.meeting(), make.meeting()
    organizer = make.staff(meeting, "organizer", make.person("Ada Byron"))
    with transaction():
        record(
            "changed meeting",
            meeting,
            by=organizer,
            at=make.TODAY,
            meeting_id=meeting.id,
            changes={"city": ["Bangkok", "Suva"]},
        )
        record("made meeting", other, by=None, at=make.TODAY, meeting_id=other.id, secret="not yours")
    page = client.sign_in(organizer).get(f"/meetings/{meeting.slug}/manage/history").text
    assert "Ada Byron" in page
    assert "city: Bangkok → Suva" in page
    assert "not yours" not in page


def test_a_long_history_has_pages(client: PageClient) -> None:
    meeting = make.meeting()
    organizer = make.staff(meeting, "organizer")
    with transaction():
        for number in range(51):
            record("changed meeting", meeting, by=None, at=make.TODAY, meeting_id=meeting.id, number=f"n{number}.")
    client.sign_in(organizer)
    first = client.get(f"/meetings/{meeting.slug}/manage/history").text
    second = client.get(f"/meetings/{meeting.slug}/manage/history?page=2").text
    assert ("n50." in first, "n0." in first, "n0." in second) == (True, False, True)
    assert client.get(f"/meetings/{meeting.slug}/manage/history?page=3").status_code == 404


def test_nobody_else_reads_it(client: PageClient) -> None:
    meeting = make.meeting()
    client.sign_in(make.staff(meeting, "steward"))
    assert client.get(f"/meetings/{meeting.slug}/manage/history").status_code == 404


def test_a_meeting_without_history_says_so(client: PageClient) -> None:
    meeting = make.meeting()
    client.sign_in(make.staff(meeting, "organizer"))
    assert "Nothing has happened yet" in client.get(f"/meetings/{meeting.slug}/manage/history").text
