"""What waits for somebody on the front page, by who they are; and that it costs the same however much there is."""

from datetime import timedelta

import pytest

from eventapp.agenda.models import INVITED
from eventapp.agenda.roles.actions import ask
from eventapp.ground.db import transaction
from eventapp.home import views
from eventapp.mail.models import FAILED
from eventapp.meetings.models import ORGANIZER, RAPPORTEUR, STEWARD, Meeting
from eventapp.people.models import Person
from eventapp.record.confirmations.actions import ask_to_confirm
from eventapp.record.notes.models import SUBMITTED
from eventapp.registration.models import PENDING, Amendment
from tests import make, make_inputs, make_mail, make_messages, make_practices, make_record
from tests.browserless import PageClient
from tests.counting import counted


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "now", lambda: make.TODAY)


def work_at(meeting: Meeting) -> None:
    """One of everything that organizers and editors decide on."""
    make.registration(meeting, state=PENDING)
    changed = make.registration(meeting)
    make.kept(Amendment(registration_id=changed.id, asked_at=make.TODAY, changes={"job_title": ["", "Minister"]}))
    make_record.note(make.session(meeting), state=SUBMITTED)
    make_practices.sent(make.session(meeting))
    make_inputs.call(meeting)
    make_inputs.sent(meeting)
    letter, message = make_mail.letter(meeting_id=meeting.id), make_messages.draft(meeting)
    with transaction():
        letter.state, message.state = FAILED, "review"


WORK = {
    "1 request to register waits for a decision": "registrations?state=pending",
    "1 person changed an approved registration": "registrations?changed=1",
    "1 note waits to be cleared": "outcomes",
    "1 message waits to be read": "messages",
    "1 email did not leave": "letters?state=failed",
    "1 good practice card came in and is no note yet": "practices",
    "1 written input waits to be dealt with": "inputs",
}
OF_EDITORS = {"1 good practice card came in and is no note yet", "1 written input waits to be dealt with"}


@pytest.mark.parametrize(
    ("role", "waits"), [(ORGANIZER, set(WORK)), (RAPPORTEUR, OF_EDITORS), (STEWARD, set[str]()), ("", set[str]())]
)
def test_what_waits_is_what_one_may_decide_on(client: PageClient, role: str, waits: set[str]) -> None:
    meeting, other = make.meeting(), make.meeting()
    work_at(meeting)
    work_at(other)
    somebody = make.staff(meeting, role) if role else make.registration(meeting).person
    page = client.sign_in(somebody).get("/").text
    assert {line for line in WORK if line in page} == waits
    for line in waits:
        assert page.count(f"<h3>{line}</h3>") == 1
        assert f'href="/meetings/{meeting.slug}/manage/{WORK[line]}"' in page
    assert ("Nothing waits for you" in page) == (not waits)


def test_a_closed_meeting_waits_for_nothing(client: PageClient) -> None:
    meeting = make.meeting()
    work_at(meeting)
    with transaction():
        meeting.closed_at = make.TODAY
    page = client.sign_in(make.staff(meeting, ORGANIZER)).get("/").text
    assert "Nothing waits for you" in page and meeting.title in page


def test_nobody_reads_their_own_message_a_second_time(client: PageClient) -> None:
    meeting = make.meeting()
    organizer = make.staff(meeting, ORGANIZER)
    message = make_messages.draft(meeting)
    with transaction():
        message.state, message.asked_by_id = "review", organizer.id
    assert "Nothing waits for you" in client.sign_in(organizer).get("/").text


def test_a_session_waits_for_its_rapporteur_once_it_has_begun(client: PageClient) -> None:
    meeting, somebody = make.meeting(), make.person()
    hour = timedelta(hours=1)
    runs = make.session(meeting, code="S1", starts_at=make.TODAY - hour)
    over = make.session(meeting, code="S2", starts_at=make.TODAY - 9 * hour)
    later = make.session(meeting, code="S3", starts_at=make.TODAY + hour)
    for session in (runs, over, later):
        make.role(session, "rapporteur", person_id=somebody.id)
    page = client.sign_in(somebody).get("/").text
    assert page.index("S1 is running: record it") < page.index("S2 is over and its record is not handed in")
    assert f'href="/meetings/{meeting.slug}/record/S2"' in page
    assert "S3 is" not in page and "/S3" not in page


def test_who_leads_a_session_is_led_to_its_speakers_a_day_before(client: PageClient) -> None:
    meeting, somebody = make.meeting(), make.person()
    hour = timedelta(hours=1)
    for code, begins in (("S1", -hour), ("S2", 23 * hour), ("S3", 25 * hour), ("S4", -9 * hour)):
        make.role(make.session(meeting, code=code, starts_at=make.TODAY + begins), "chair", person_id=somebody.id)
    page = client.sign_in(somebody).get("/").text
    links = [
        code for code in ("S1", "S2", "S3", "S4") if f'href="/meetings/{meeting.slug}/record/{code}/floor"' in page
    ]
    assert links == ["S1", "S2"]
    assert client.get(f"/meetings/{meeting.slug}/record/S2/floor").status_code == 200


def test_who_records_one_session_finds_the_meeting_and_the_record(client: PageClient) -> None:
    meeting, somebody = make.meeting(), make.person()
    later = make.session(meeting, starts_at=make.TODAY + timedelta(days=3))
    make.role(later, "rapporteur", person_id=somebody.id)
    page = client.sign_in(somebody).get("/").text
    assert f'href="/meetings/{meeting.slug}/record">Record a session</a>' in page
    about = client.get(f"/meetings/{meeting.slug}/").text
    assert f'href="/meetings/{meeting.slug}/record">Record</a>' in about and "manage" not in about


def own(somebody: Person) -> list[str]:
    """A part to answer, words to confirm and a card to fill; the ways to them."""
    meeting = make.meeting()
    later = make.session(meeting, code="S9", starts_at=make.TODAY + timedelta(days=1))
    asked = make.role(later, "speaker", person_id=somebody.id, state=INVITED)
    spoke = make.session(meeting, code="S8", starts_at=make.TODAY - timedelta(hours=4))
    leader = make.role(spoke, "moderator", person_id=somebody.id)
    make_record.note(spoke, state=SUBMITTED)
    with transaction():
        ask(asked, at=make.TODAY)
        ask_to_confirm(spoke, leader, by=None, at=make.TODAY)
    make_practices.invited(spoke, name=somebody.name, email=somebody.email)
    return [
        "Speaker in S9: say whether you come",
        "Confirm what is recorded of S8",
        "Your good practice card is not sent yet",
    ]


def test_what_is_asked_of_a_person_waits_for_them_behind_their_own_links(client: PageClient) -> None:
    somebody = make.person(email="grace@example.org")
    lines = own(somebody)
    page = client.sign_in(somebody).get("/").text
    assert [line for line in lines if line not in page] == []
    for way in ("/roles/", "/confirmations/", "/practices/"):
        link = next(part for part in page.split('href="') if part.startswith(way)).split('"')[0]
        assert client.get(link).status_code in (200, 410)  # by the clock of today the request to confirm is over
    page = client.sign_in(make.person()).get("/").text
    assert [line for line in lines if line in page] == []


def test_the_page_asks_as_often_for_many_meetings_as_for_one(client: PageClient) -> None:
    somebody, counts = make.person(email="grace@example.org"), []
    client.sign_in(somebody)
    for more in (1, 4):
        for _one in range(more):
            meeting = make.meeting()
            make.staff(meeting, ORGANIZER, somebody)
            work_at(meeting)
            own(somebody)
        client.get("/")
        with counted() as count:
            client.get("/")
        counts.append(len(count))
    assert counts[0] == counts[1]
