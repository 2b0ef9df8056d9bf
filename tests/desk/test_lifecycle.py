"""From draft to archive: published, taken back, closed, archived, moved and deleted by an organizer."""

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.desk.lifecycle import manage
from eventapp.ground.db import db, transaction
from eventapp.history.models import Entry
from eventapp.meetings.models import Category, Meeting, Room
from eventapp.meetings.queries import meeting_at
from eventapp.registration import views as registration
from tests import make, make_checkin, make_review
from tests.browserless import PageClient

PUBLICATION = "/meetings/spring/manage/settings/publication"
DRAFT = {"slug": "spring", "published_at": None}


@pytest.fixture(autouse=True)
def _clock(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    for room in (manage, registration):
        monkeypatch.setattr(room, "now", lambda: make.TODAY)


def desk(client: PageClient, meeting: Meeting) -> PageClient:
    """The meeting's organizer, signed in."""
    return client.sign_in(make.staff(meeting, "organizer"))


def found(slug: str = "spring") -> Meeting:
    meeting = meeting_at(slug)
    assert meeting is not None
    return meeting


def step(client: PageClient, name: str) -> int:
    client.get(PUBLICATION)
    return client.post(PUBLICATION, data={"step": name}).status_code


def test_a_draft_is_published_and_taken_back(client: PageClient) -> None:
    meeting = make.meeting(**DRAFT)
    make.category(meeting)
    organizer = desk(client, meeting)

    assert step(organizer, "publish") == 303
    assert found().is_published
    assert step(organizer, "unpublish") == 303
    assert not found().is_published
    acts = db.session.scalars(select(Entry.verb).order_by(Entry.id)).all()
    assert [act for act in acts if "meeting" in act] == ["published meeting", "took back meeting"]


def test_after_that_a_visitor_finds_no_page_of_it(client: PageClient, app: Flask) -> None:
    organizer = desk(client, make.meeting(slug="spring"))
    visitor = app.test_client()
    assert visitor.get("/meetings/spring/").status_code == 200
    assert step(organizer, "unpublish") == 303

    assert visitor.get("/meetings/spring/").status_code == 404
    assert "Only its organizers see this page" in organizer.get("/meetings/spring/").text


def test_a_meeting_with_a_published_report_stays_public(client: PageClient) -> None:
    meeting = make.meeting(slug="spring")
    report = make_review.report(meeting)
    with transaction():
        report.published_at = make.TODAY
    organizer = desk(client, meeting)
    organizer.get(PUBLICATION)

    answer = organizer.post(PUBLICATION, data={"step": "unpublish"})
    assert answer.status_code == 409 and "others cite it" in answer.text
    assert found().is_published


def test_nothing_of_a_closed_meeting_is_changed_until_it_is_opened_again(client: PageClient) -> None:
    organizer = desk(client, make.meeting(slug="spring"))
    rooms = "/meetings/spring/manage/settings/rooms"
    hall = {"code": "A", "name": "Hall", "seats": "9"}
    assert step(organizer, "close") == 303

    refused = organizer.post(rooms, data=hall)
    assert refused.status_code == 409 and "This meeting is closed" in refused.text
    assert db.session.scalars(select(Room)).all() == []
    assert "This meeting has been closed since" in organizer.get("/meetings/spring/manage/").text
    assert step(organizer, "reopen") == 303
    assert organizer.post(rooms, data=hall).status_code == 303
    assert [room.name for room in db.session.scalars(select(Room))] == ["Hall"]


def test_nobody_registers_at_a_closed_meeting_and_its_gates_read_no_badge(client: PageClient, app: Flask) -> None:
    meeting = make.meeting(slug="spring")
    make.category(meeting)
    gate = make_checkin.gate(meeting)
    assert step(desk(client, meeting), "close") == 303

    page = app.test_client().get("/meetings/spring/registration/new").text
    assert "Registration is closed" in page and "It closed on 2 March 2026" in page
    db.session.refresh(gate)
    assert gate.closed_at == make.TODAY


def test_an_archived_meeting_is_in_no_list_and_keeps_its_address(client: PageClient, app: Flask) -> None:
    organizer = desk(client, make.meeting(slug="spring", title="Review of the archives"))
    visitor = app.test_client()
    assert "Review of the archives" in visitor.get("/meetings").text
    assert step(organizer, "archive") == 303

    for page in ("/", "/meetings", "/meetings?when=archived", "/api/meetings"):
        assert "Review of the archives" not in visitor.get(page).text
    assert "Review of the archives" in visitor.get("/meetings/spring/").text
    admin = client.sign_in(make.administrator())
    assert "Review of the archives" in admin.get("/meetings?when=archived").text


def test_a_draft_moves_to_another_address_and_a_public_meeting_does_not(client: PageClient) -> None:
    meeting = make.meeting(**DRAFT)
    make.meeting(slug="taken")
    organizer = desk(client, meeting)
    organizer.get(PUBLICATION)
    to = f"{PUBLICATION}/address"

    assert organizer.post(to, data={"slug": "Not An Address"}).status_code == 422
    taken = organizer.post(to, data={"slug": "taken"})
    assert taken.status_code == 409 and "Another meeting has this address" in taken.text
    assert 'value="taken"' in taken.text
    answer = organizer.post(to, data={"slug": "autumn"})
    assert answer.location == "/meetings/autumn/manage/settings/publication"
    assert (meeting_at("spring"), found("autumn").id) == (None, meeting.id)

    with transaction():
        found("autumn").published_at = make.TODAY
    refused = organizer.post("/meetings/autumn/manage/settings/publication/address", data={"slug": "winter"})
    assert refused.status_code == 409 and meeting_at("winter") is None


def test_an_empty_draft_is_deleted_after_a_question(client: PageClient) -> None:
    meeting = make.meeting(**DRAFT)
    make.category(meeting)
    make.session(meeting)
    organizer = desk(client, meeting)
    assert "Delete for good" in organizer.get(f"{PUBLICATION}/deletion").text

    answer = organizer.post(f"{PUBLICATION}/deletion")
    assert (answer.status_code, answer.location) == (303, "/")
    assert meeting_at("spring") is None
    assert db.session.scalars(select(Category)).all() == []
    last = db.session.scalars(select(Entry).order_by(Entry.id.desc())).first()
    assert last is not None and last.verb == "deleted meeting"


@pytest.mark.parametrize("is_public", [True, False])
def test_a_meeting_that_people_see_or_have_worked_for_stays(client: PageClient, *, is_public: bool) -> None:
    meeting = make.meeting(slug="spring", **({} if is_public else {"published_at": None}))
    if not is_public:
        make.registration(meeting)
    organizer = desk(client, meeting)
    page = organizer.get(f"{PUBLICATION}/deletion").text
    assert "Delete for good" not in page

    assert organizer.post(f"{PUBLICATION}/deletion").status_code == 409
    assert meeting_at("spring") is not None


def test_administrators_find_drafts_and_others_do_not(client: PageClient, app: Flask) -> None:
    make.meeting(**DRAFT, title="Review to come")
    admin = client.sign_in(make.administrator())

    page = admin.get("/meetings?when=draft").text
    assert "Review to come" in page and "/meetings/spring/manage/" in page
    assert "Review to come" not in app.test_client().get("/meetings?when=draft").text
