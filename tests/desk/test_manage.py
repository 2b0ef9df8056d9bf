import re
from collections.abc import Mapping
from datetime import date

import pytest
from sqlalchemy import select

from eventapp.desk import manage
from eventapp.desk.categories import manage as categories
from eventapp.desk.documents import manage as documents
from eventapp.desk.lifecycle import manage as lifecycle
from eventapp.ground.db import db, transaction
from eventapp.history.models import Entry
from eventapp.mail.models import Letter
from eventapp.meetings.models import Body, Category, Meeting, Room, Staff
from eventapp.meetings.queries import meeting_at
from eventapp.registration.models import WAITING
from tests import make
from tests.browserless import PageClient
from tests.counting import counted

SETTINGS = "/meetings/spring/manage/settings"


@pytest.fixture
def meeting(app: object, monkeypatch: pytest.MonkeyPatch) -> Meeting:
    for room in (manage, categories, documents, lifecycle):
        monkeypatch.setattr(room, "now", lambda: make.TODAY)
    return make.meeting(slug="spring", title="Spring review", capacity=10)


@pytest.fixture
def desk(client: PageClient, meeting: Meeting) -> PageClient:
    """The meeting's organizer, signed in."""
    return client.sign_in(make.staff(meeting, "organizer"))


def said(meeting: Meeting, **changes: str) -> dict[str, str]:
    """The form of the meeting as it was shown, with these changes."""
    form = {
        "version": str(meeting.version),
        "title": meeting.title,
        "short_title": meeting.short_title,
        "starts_on": "2026-03-16",
        "ends_on": "2026-03-16",
        "zone": "Asia/Bangkok",
        "city": "Bangkok",
        "country": "THA",
        "venue": "Conference Centre",
        "organization": "Commission",
        "contact_email": "desk@example.org",
        "capacity": "10",
        "registration_opens_at": "2026-01-31 09:00",
        "registration_closes_at": "2026-03-09 09:00",
        "mandate": "First paragraph.\n\nSecond paragraph.",
    }
    return {**form, **changes}


def test_only_organizers_find_the_settings(client: PageClient, meeting: Meeting) -> None:
    rapporteur = make.staff(meeting, "rapporteur")

    assert client.sign_in(rapporteur).get(f"{SETTINGS}/").status_code == 404


def test_the_settings_show_everything_that_can_be_set(desk: PageClient, meeting: Meeting) -> None:
    make.category(meeting, name="Civil society")
    make.room(meeting, name="Room of mirrors")
    make.document(meeting, title="Annotated agenda")
    make.staff(meeting, "steward", make.person("Ned Steward"), ended_at=make.TODAY)

    pages = {"meeting": "Spring review", "categories": "Civil society", "rooms": "Room of mirrors"}
    for part, words in {
        **pages,
        "documents": "Annotated agenda",
        "staff": "Ned Steward",
        "bodies": "No body yet",
    }.items():
        assert words in desk.get(f"{SETTINGS}/{part}").text
    everything = desk.get(f"{SETTINGS}/").text
    assert "1 category of participants" in everything and "1 room" in everything
    side, listed = everything[everything.index('class="sidelist"') :].split("</nav>", 1)
    _index, *others = re.findall('href="([^"]+)"', side)
    assert len(others) > len(pages)
    assert [one for one in others if f'href="{one}"' not in listed] == []


def test_the_meeting_is_changed_and_history_says_how(desk: PageClient, meeting: Meeting) -> None:
    answer = desk.post(f"{SETTINGS}/meeting", data=said(meeting, title="Autumn review", ends_on="2026-03-17"))

    changed = meeting_at("spring")
    assert changed is not None
    assert (answer.status_code, answer.location) == (303, f"{SETTINGS}/")
    assert (changed.title, changed.ends_on, changed.version) == ("Autumn review", date(2026, 3, 17), 2)
    assert changed.mandate == ["First paragraph.", "Second paragraph."]
    entry = db.session.scalars(select(Entry).where(Entry.verb == "changed meeting")).one()
    assert entry.detail["changes"]["title"] == ["Spring review", "Autumn review"]


def test_the_form_shows_the_meeting_as_it_is_and_saving_it_so_changes_nothing(
    desk: PageClient, meeting: Meeting
) -> None:
    page = desk.get(f"{SETTINGS}/meeting").text

    assert 'value="2026-01-31 09:00"' in page
    assert "The resolution asks for a review." in page


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("title", "", "Write the title in full."),
        ("ends_on", "2026-03-01", "The last day is before the first one. Choose a later day."),
        ("ends_on", "2062-03-16", "A meeting lasts 60 days or less. Look at both years again."),
        ("registration_opens_at", "0001-01-01 00:00", "Write a day and a time like 2016-10-04 09:00"),
        ("registration_closes_at", "9999-12-31 23:59", "Write a day and a time like 2016-10-04 09:00"),
        (
            "registration_opens_at",
            "soon",
            "Write a day and a time, such as 4 Oct 2016 09:00, 18/10/2016 9am or 2016-10-04 09:00.",
        ),
        ("registration_closes_at", "2025-01-01 09:00", "Registration closes before it opens. Write a later time."),
        ("capacity", "many", "Write a whole number, in figures."),
        ("capacity", "0", "Write a whole number from 1 to 100,000."),
        ("capacity", "9" * 20, "Write a whole number from 1 to 100,000."),
        ("contact_email", "desk", "Write a full address, such as name@example.org."),
        ("zone", "Mars/Olympus", "Not a valid choice."),
        ("starts_on", "the ides of March", "Write the day as 2018-01-31, 31/01/2018 or 31 January 2018."),
    ],
)
def test_what_is_wrong_is_told_beside_its_field_and_nothing_is_changed(
    desk: PageClient, meeting: Meeting, field: str, typed: str, says: str
) -> None:
    answer = desk.post(f"{SETTINGS}/meeting", data=said(meeting, venue="A new house", **{field: typed}))

    kept = meeting_at("spring")
    assert kept is not None
    assert (answer.status_code, kept.version) == (422, 1)
    assert says in answer.text
    assert "A new house" in answer.text


def test_fewer_places_than_are_taken_are_refused(desk: PageClient, meeting: Meeting) -> None:
    for _ in range(3):
        make.registration(meeting)

    answer = desk.post(f"{SETTINGS}/meeting", data=said(meeting, capacity="2"))
    assert answer.status_code == 409
    assert "3 places are taken already. Write that number or a higher one." in answer.text


def test_more_places_let_in_those_who_wait(desk: PageClient, meeting: Meeting) -> None:
    category = make.category(meeting, capacity=1, code="NGO")
    make.registration(meeting, category=category)
    waiting = make.registration(meeting, category=category, state=WAITING, waiting_since=make.TODAY)

    answer = desk.post(f"{SETTINGS}/categories/NGO", data=category_said(capacity="2"))
    db.session.refresh(waiting)
    assert (answer.status_code, waiting.state) == (303, "approved")


def test_settings_that_somebody_else_changed_are_not_overwritten(desk: PageClient, meeting: Meeting) -> None:
    old = said(meeting, city="Hanoi")
    desk.post(f"{SETTINGS}/meeting", data=said(meeting, title="Autumn review"))

    answer = desk.post(f"{SETTINGS}/meeting", data=old)
    assert answer.status_code == 409
    assert "Somebody else changed these settings meanwhile." in answer.text
    assert 'value="Hanoi"' in answer.text
    assert 'value="2"' in answer.text  # saving again is meant


def test_days_and_times_are_typed_as_people_write_them(desk: PageClient, meeting: Meeting) -> None:
    days = {"starts_on": "17/03/2026", "ends_on": "18 March 2026"}
    times = {"registration_opens_at": "1 Feb 2026 9am", "registration_closes_at": "10/03/2026 à 9 h 30"}
    assert desk.post(f"{SETTINGS}/meeting", data=said(meeting, **days, **times)).status_code == 303
    changed = meeting_at("spring")
    assert changed is not None
    assert (changed.starts_on, changed.ends_on) == (date(2026, 3, 17), date(2026, 3, 18))
    page = desk.get(f"{SETTINGS}/meeting").text
    assert 'value="2026-02-01 09:00"' in page and 'value="2026-03-10 09:30"' in page


def test_a_colour_is_typed_by_its_name(desk: PageClient, meeting: Meeting) -> None:
    assert desk.post(f"{SETTINGS}/categories", data=category_said(colour="dark blue", ink="white")).status_code == 303
    [row] = db.session.scalars(select(Category)).all()
    assert (row.colour, row.ink) == ("#123f7a", "#ffffff")
    answer = desk.post(f"{SETTINGS}/categories", data=category_said(code="B", colour="bluish"))
    assert answer.status_code == 422 and 'value="bluish"' in answer.text
    assert "Write a colour such as dark blue, #123f7a or rgb 18 63 122." in answer.text


def category_said(**changes: str) -> Mapping[str, str]:
    form = {
        "code": "NGO",
        "name": "Civil society",
        "stakeholder_type": "civil-society",
        "represents": "organization",
        "protocol_order": "7",
        "colour": "#4E6618",
        "ink": "#ffffff",
        "letter": "N",
        "shape": "triangle",
        "takes_registrations": "y",
    }
    return {**form, **changes}


@pytest.mark.parametrize("ink", ["#4e6618", "#4E7020", "#000000"])
def test_words_that_cannot_be_read_on_a_badge_are_told_beside_their_colour(
    desk: PageClient, meeting: Meeting, ink: str
) -> None:
    answer = desk.post(f"{SETTINGS}/categories", data=category_said(ink=ink))
    assert (answer.status_code, "cannot be read on the badge" in answer.text) == (422, True)
    assert f'value="{ink.lower()}"' in answer.text
    assert db.session.scalars(select(Category)).all() == []


def test_a_category_is_added_changed_and_removed(desk: PageClient, meeting: Meeting) -> None:
    assert desk.get(f"{SETTINGS}/categories/new").status_code == 200
    assert desk.post(f"{SETTINGS}/categories", data=category_said()).status_code == 303
    added = db.session.scalars(select(Category)).one()
    assert (added.code, added.colour, added.capacity, added.needs_approval) == ("NGO", "#4e6618", None, False)

    assert desk.get(f"{SETTINGS}/categories/NGO").status_code == 200
    desk.post(f"{SETTINGS}/categories/NGO", data=category_said(needs_letter="y", capacity="5"))
    db.session.refresh(added)
    assert (added.needs_letter, added.capacity) == (True, 5)

    assert desk.post(f"{SETTINGS}/categories/NGO/removal").status_code == 303
    assert db.session.scalars(select(Category)).all() == []


def test_a_code_is_given_once(desk: PageClient, meeting: Meeting) -> None:
    make.category(meeting, code="NGO")
    make.category(meeting, code="PRS")

    for path in ("categories", "categories/PRS"):
        answer = desk.post(f"{SETTINGS}/{path}", data=category_said())
        assert answer.status_code == 409
        assert "“NGO” is there already. Choose another code." in answer.text


def test_a_category_with_registrations_stays(desk: PageClient, meeting: Meeting) -> None:
    make.registration(meeting, category=make.category(meeting, code="NGO"))

    answer = desk.post(f"{SETTINGS}/categories/NGO/removal")
    assert answer.status_code == 409
    assert "1 registration names this category, so it stays." in answer.text


def test_a_room_is_added_changed_closed_and_used_again(desk: PageClient, meeting: Meeting) -> None:
    typed = {"code": "CR4", "name": "Conference Room 4", "seats": "120"}
    assert desk.post(f"{SETTINGS}/rooms", data=typed).status_code == 303
    row = db.session.scalars(select(Room)).one()

    assert desk.get(f"{SETTINGS}/rooms/CR4").status_code == 200
    desk.post(f"{SETTINGS}/rooms/CR4", data={"code": "CR4", "name": "The great room", "seats": "90"})
    db.session.refresh(row)
    assert (row.name, row.seats) == ("The great room", 90)

    desk.post(f"{SETTINGS}/rooms/CR4/closing")
    db.session.refresh(row)
    assert row.closed_at == make.TODAY
    desk.post(f"{SETTINGS}/rooms/CR4/opening")
    db.session.refresh(row)
    assert row.closed_at is None


def test_a_body_is_added_changed_and_removed(desk: PageClient, meeting: Meeting) -> None:
    typed = {"code": "CICTSTI", "name": "Committee on ICT"}
    assert desk.post(f"{SETTINGS}/bodies", data=typed).status_code == 303
    assert desk.post(f"{SETTINGS}/bodies", data=typed).status_code == 409
    row = db.session.scalars(select(Body)).one()

    assert desk.get(f"{SETTINGS}/bodies/CICTSTI").status_code == 200
    desk.post(f"{SETTINGS}/bodies/CICTSTI", data={**typed, "name": "Committee on ICT and innovation"})
    db.session.refresh(row)
    assert (row.name, row.position) == ("Committee on ICT and innovation", 1)

    session = make.session(meeting, body_id=row.id)
    refused = desk.post(f"{SETTINGS}/bodies/CICTSTI/removal")
    assert refused.status_code == 409 and "1 session or report names this body, so it stays." in refused.text
    with transaction():
        session.body_id = None
    assert desk.post(f"{SETTINGS}/bodies/CICTSTI/removal").status_code == 303
    assert db.session.scalars(select(Body)).all() == []


def test_a_room_that_is_wrong_is_shown_as_typed(desk: PageClient, meeting: Meeting) -> None:
    answer = desk.post(f"{SETTINGS}/rooms", data={"code": "C R", "name": "Hall", "seats": "no"})

    assert answer.status_code == 422
    assert "Write a short code without spaces, such as CR4." in answer.text
    assert 'value="Hall"' in answer.text


def test_a_room_with_sessions_to_come_is_not_closed(desk: PageClient, meeting: Meeting) -> None:
    make.session(meeting, code="S1", room_id=make.room(meeting, code="CR4").id)

    answer = desk.post(f"{SETTINGS}/rooms/CR4/closing")
    assert answer.status_code == 409
    assert "Sessions are planned in this room: S1. Move them first." in answer.text


def test_a_role_is_given_and_ended_and_its_row_stays(desk: PageClient, meeting: Meeting) -> None:
    typed = {"name": "Ada Byron", "email": "Ada@Example.org", "role": "rapporteur"}
    assert desk.post(f"{SETTINGS}/staff", data=typed).status_code == 303
    row = db.session.scalars(select(Staff).where(Staff.role == "rapporteur")).one()
    assert (row.person.email, row.ended_at) == ("ada@example.org", None)
    assert desk.post(f"{SETTINGS}/staff", data=typed).status_code == 409

    assert desk.post(f"{SETTINGS}/staff/{row.id}/end").status_code == 303
    db.session.refresh(row)
    assert (row.ended_at, row.ended_by_id is not None) == (make.TODAY, True)
    assert desk.post(f"{SETTINGS}/staff/{row.id}/end").status_code == 409


def test_the_last_organizer_stays(desk: PageClient, meeting: Meeting) -> None:
    row = db.session.scalars(select(Staff)).one()

    answer = desk.post(f"{SETTINGS}/staff/{row.id}/end")
    assert answer.status_code == 409
    assert "is the only organizer. Make somebody else organizer first." in answer.text


def test_what_belongs_to_another_meeting_is_not_there(desk: PageClient, meeting: Meeting) -> None:
    other = make.meeting()
    row = make.document(other)
    make.category(other, code="NGO")

    assert desk.get(f"{SETTINGS}/documents/{row.id}").status_code == 404
    assert desk.get(f"{SETTINGS}/categories/NGO").status_code == 404
    assert desk.post(f"{SETTINGS}/staff/999/end").status_code == 404


def test_a_meeting_is_published_once_it_has_a_category(desk: PageClient, meeting: Meeting) -> None:
    row = make.meeting(slug="draft", published_at=None)
    desk.sign_in(make.staff(row, "organizer"))
    path = "/meetings/draft/manage/settings"

    assert "Add a category first" in desk.post(f"{path}/publication", data={"step": "publish"}).text
    make.category(row)
    assert desk.post(f"{path}/publication", data={"step": "publish"}).status_code == 303
    db.session.refresh(row)
    assert row.published_at == make.TODAY


def test_ten_of_everything_cost_no_more_questions_than_one(desk: PageClient, meeting: Meeting) -> None:
    def grow(times: int) -> None:
        for _ in range(times):
            make.registration(meeting, category=make.category(meeting))
            make.room(meeting)
            make.document(meeting)
            make.staff(meeting, "steward")
            make.staff(meeting, "rapporteur", ended_at=make.TODAY)

    def asked() -> list[int]:
        counts = []
        for part in ("", "categories", "rooms", "documents", "staff"):
            with counted() as questions:
                desk.get(f"{SETTINGS}/{part}")
            counts.append(len(questions))
        return counts

    grow(1)
    first = asked()
    grow(9)
    assert asked() == first


def test_who_gets_a_role_gets_a_letter_that_says_where_it_begins(desk: PageClient, meeting: Meeting) -> None:
    typed = {"name": "Niran", "email": "niran@example.org", "role": "steward"}
    desk.post("/meetings/spring/manage/settings/staff", data=typed)
    letter = db.session.scalars(select(Letter).where(Letter.to == "niran@example.org")).one()
    assert letter.subject == "You are a door steward of Spring review"
    assert "Begin\nhttp://localhost/meetings/spring/door" in letter.text
