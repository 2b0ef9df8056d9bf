"""Focal points: invited by a letter, they nominate the people of their own delegation, who confirm it themselves."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import select

from eventapp.delegations.focal import manage, views
from eventapp.delegations.focal.actions import end_focal_point
from eventapp.delegations.queries import members_of, row_of
from eventapp.ground.db import db, transaction
from eventapp.ground.refusal import Refused
from eventapp.history.models import Entry
from eventapp.links import access as gate
from eventapp.mail.models import Letter
from eventapp.meetings.models import Meeting
from eventapp.registration.actions import confirm, lapse_unconfirmed
from eventapp.registration.decisions.obstacles import obstacles
from eventapp.registration.entry import own_token
from eventapp.registration.models import Delegation, DelegationFocalPoint, Registration
from eventapp.registration.nominated import views as nominated_views
from eventapp.registration.queries import delegation_letter
from tests import make
from tests.browserless import PageClient
from tests.make import TODAY
from tests.make_delegations import focal_point, nominated, page_of
from tests.make_registration import asked, confirmed, states
from tests.registration.filling import set_clock

pytestmark = pytest.mark.usefixtures("app")
MANAGE = "/meetings/spring/manage/delegations"
LETTER = b"%PDF-1.4\nnote verbale\n%%EOF\n"


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, TODAY)


def at(monkeypatch: pytest.MonkeyPatch, moment: Any) -> None:
    set_clock(monkeypatch, moment)
    for room in (views, manage, gate, nominated_views):
        monkeypatch.setattr(room, "now", lambda: moment)


@pytest.fixture
def meeting() -> Meeting:
    return make.meeting(slug="spring")


@pytest.fixture
def sender(meeting: Meeting) -> Delegation:
    return make.delegation(meeting, "Universal Postal Union", places=2)


@pytest.fixture
def focal(sender: Delegation) -> DelegationFocalPoint:
    return focal_point(sender)


def person(meeting: Meeting, **more: str) -> dict[str, str]:
    """What a focal point types about somebody."""
    category = meeting.categories[0].code if meeting.categories else make.category(meeting).code
    facts = {"given_name": "Ane", "family_name": "Tabai", "job_title": "Director", "email": "ane@example.org"}
    return {"key": "one", "category": category, **facts, **more}


def letters(kind: str) -> list[Letter]:
    db.session.rollback()
    return list(db.session.scalars(select(Letter).where(Letter.kind.contains(f"/{kind}.")).order_by(Letter.id)))


def verbs() -> list[str]:
    return list(db.session.scalars(select(Entry.verb).order_by(Entry.id)))


def test_an_organizer_invites_a_delegation_that_nobody_has_come_for(client: PageClient, meeting: Meeting) -> None:
    client.sign_in(make.staff(meeting, "organizer"))
    typed = {"state": "KIR", "called": "Tekoa Ioane", "email": "mission@example.org", "language": "fr"}
    answer = client.post(f"{MANAGE}/new", data=typed)
    assert answer.status_code == 303
    letter = letters("focal_point")[0]
    assert letter.to == "mission@example.org" and "/focal-points/" in letter.text
    page = client.get(answer.location).text
    assert "Kiribati" in page and "Tekoa Ioane" in page
    assert "Kiribati" in client.get(MANAGE).text
    for wrong in ({"state": ""}, {"state": "XXX"}, {"organization": "UPU"}, {"email": "nobody"}, {"called": ""}):
        assert client.post(f"{MANAGE}/new", data={**typed, **wrong}).status_code == 422
    again = client.post(f"{answer.location}/focal-points", data=typed)
    assert again.status_code == 409 and "is invited already" in again.text


def test_a_nomination_goes_from_the_link_to_a_place(
    client: PageClient, meeting: Meeting, focal: DelegationFocalPoint
) -> None:
    page = page_of(focal)
    typed = person(meeting)
    assert client.post(f"{page}/people/new", data=typed).status_code == 303
    assert client.post(f"{page}/people/new", data=typed).status_code == 303
    registration = db.session.scalars(select(Registration)).one()  # sent twice, it is one
    shown = client.get(page).text
    assert "Ane Tabai" in shown and "Nominated, not confirmed" in shown and "1 of 2 places taken" in shown
    own = f"/registrations/{own_token(registration)}"
    assert own in letters("nominated")[0].text and len(letters("nominated")) == 1
    assert client.get(f"{own}/edit").location == f"{own}/nomination"
    assert "has nominated you" in client.get(own).text
    assert "Universal Postal Union has nominated you" in client.get(f"{own}/nomination").text
    answers = {"given_name": "Ane", "family_name": "Tabai", "job_title": "Director general", "phone": "+686 12345"}
    sent = client.post(f"{own}/nomination", data={**answers, "delegation": "Another", "category": "XXX"})
    assert (sent.status_code, states(registration)) == (303, ["approved"])
    assert (registration.delegation.name, registration.job_title) == ("Universal Postal Union", "Director general")
    assert "Has a place" in client.get(page).text and "12345" not in client.get(page).text
    assert {"invited a focal point", "nominated", "confirmed the address"} <= set(verbs())


def test_a_nomination_waits_for_longer_than_two_days(meeting: Meeting, focal: DelegationFocalPoint) -> None:
    one = nominated(focal, make.category(meeting))
    with transaction():
        assert lapse_unconfirmed(at=TODAY + timedelta(days=5)) == 0
    assert one.state_now(TODAY + timedelta(days=5)) == "unconfirmed"


def test_a_stranger_who_registers_with_the_address_changes_nothing(
    meeting: Meeting, focal: DelegationFocalPoint
) -> None:
    category = make.category(meeting)
    one = nominated(focal, category, email="ane@example.org", job_title="Director")
    token = own_token(one)
    asked(meeting, category, email="ane@example.org", job_title="Spy", delegation="Another")
    db.session.refresh(one)
    assert (one.job_title, one.delegation.name) == ("Director", "Universal Postal Union")
    assert one.is_nominated and own_token(one) == token


def test_a_nominee_who_cannot_come_gives_the_place_back(
    client: PageClient, meeting: Meeting, focal: DelegationFocalPoint
) -> None:
    one = nominated(focal, make.category(meeting))
    own = f"/registrations/{own_token(one)}"
    assert client.post(f"{own}/nomination/refusal").status_code == 303
    assert states(one) == ["withdrawn"] and row_of(focal.delegation).placed == 0
    assert client.post(f"{own}/withdrawal/undo").status_code == 303
    assert one.is_nominated and states(one) == ["unconfirmed"]


def test_places_heads_and_addresses_are_counted_where_one_nominates(
    client: PageClient, meeting: Meeting, sender: Delegation, focal: DelegationFocalPoint
) -> None:
    category, page = make.category(meeting), page_of(focal)
    nominated(focal, category, email="first@example.org")
    again = client.post(f"{page}/people/new", data=person(meeting, email="FIRST@example.org"))
    assert again.status_code == 409 and "is in your delegation already" in again.text
    confirmed(meeting, category, email="other@example.org", delegation="Another body", record_name="Ms. Secret")
    other = client.post(f"{page}/people/new", data=person(meeting, email="other@example.org"))
    assert other.status_code == 409 and "cannot be nominated here" in other.text
    assert "Another body" not in other.text and "Secret" not in other.text
    nominated(focal, category)
    full = client.post(f"{page}/people/new", data=person(meeting))
    assert full.status_code == 409 and "All 2 places are taken" in full.text and "ane@example.org" in full.text


def test_the_places_of_nominees_are_not_for_others(meeting: Meeting, sender: Delegation, focal: Any) -> None:
    category = make.category(meeting, needs_approval=True)
    for _one in range(2):
        nominated(focal, category)
    late = confirmed(meeting, category, delegation=sender.name)
    with transaction():
        assert obstacles(late) == ["All 2 places of Universal Postal Union are taken."]


def test_two_heads_of_a_state_are_refused(client: PageClient, meeting: Meeting) -> None:
    make.category(meeting, represents="state")
    state = make.delegation(meeting, "Kenya", country="KEN", is_state=True)
    page = page_of(focal_point(state))
    assert client.post(f"{page}/people/new", data=person(meeting, role="HOD")).status_code == 303
    second = {"role": "HOD", "key": "two", "email": "two@example.org", "family_name": "Second"}
    answer = client.post(f"{page}/people/new", data=person(meeting, **second))
    assert answer.status_code == 409 and "Ane Tabai is head of this delegation already" in answer.text
    assert client.post(f"{page}/people/new", data=person(meeting, **{**second, "role": "ADV"})).status_code == 303
    assert client.post(f"{page}/people/R-0002", data=person(meeting, **second)).status_code == 409
    assert client.post(f"{page}/people/new", data=person(meeting, role="")).status_code == 422


def test_a_person_is_put_right_and_moved(client: PageClient, meeting: Meeting, focal: DelegationFocalPoint) -> None:
    category, page = make.category(meeting), page_of(focal)
    first = nominated(focal, category, family_name="Able")
    second = nominated(focal, category, family_name="Baker")
    assert client.post(f"{page}/people/{second.reference}/up").status_code == 303
    assert [one.id for one in members_of(focal.delegation)] == [second.id, first.id]
    assert client.post(f"{page}/people/{second.reference}/up").status_code == 303
    typed = person(meeting, family_name="Abler", job_title="Minister", email="ignored@example.org")
    assert client.post(f"{page}/people/{first.reference}", data=typed).status_code == 303
    db.session.refresh(first)
    assert (first.record_name, first.job_title) == ("Ane Abler", "Minister")
    assert first.person.email != "ignored@example.org" and "abler" in first.search_text


def test_one_is_withdrawn_and_one_replaced(client: PageClient, meeting: Meeting, focal: DelegationFocalPoint) -> None:
    category, page = make.category(meeting), page_of(focal)
    first, second = nominated(focal, category), nominated(focal, category)
    instead = person(meeting, instead=first.reference, family_name="New")
    assert client.post(f"{page}/people/new", data=instead).status_code == 303
    assert states(first) == ["withdrawn"] and row_of(focal.delegation).placed == 2
    own = f"/registrations/{own_token(first)}"
    assert "has withdrawn you" in client.get(own).text and len(letters("withdrawn_for")) == 1
    assert client.post(f"{own}/withdrawal/undo").status_code == 409
    address = f"{page}/people/{second.reference}/withdrawal"
    assert client.get(address).status_code == 200 and states(second) == ["unconfirmed"]
    assert client.post(address).status_code == client.post(address).status_code == 303
    assert states(second) == ["withdrawn"] and len(letters("withdrawn_for")) == 2
    assert (
        client.post(f"{page}/people/new", data=person(meeting, key="3", email=second.person.email)).status_code == 303
    )
    assert second.is_nominated


def test_nobody_of_another_delegation_is_reached(
    client: PageClient, meeting: Meeting, focal: DelegationFocalPoint
) -> None:
    category, page = make.category(meeting), page_of(focal)
    other = confirmed(meeting, category, delegation="Another body", record_name="Ms. Secret")
    assert "Secret" not in client.get(page).text
    there = f"{page}/people/{other.reference}"
    assert client.get(there).status_code == client.get(f"{there}/withdrawal").status_code == 404
    for way in ("withdrawal", "up"):
        assert client.post(f"{there}/{way}").status_code == 409
    assert client.post(f"{there}/reminder").status_code == client.post(there).status_code == 404
    replaced = client.post(f"{page}/people/new", data=person(meeting, instead=other.reference))
    assert replaced.status_code == 409 and states(other) == ["approved"]


def test_the_letter_is_sent_once_for_all(client: PageClient, meeting: Meeting, focal: DelegationFocalPoint) -> None:
    page = page_of(focal)
    nominated(focal, make.category(meeting, needs_letter=True))
    assert "letter missing" in client.get(page).text
    assert client.post(f"{page}/letter", data={}).status_code == 422
    wrong = client.post(
        f"{page}/letter", data={"letter": (BytesIO(b"words"), "n.pdf")}, content_type="multipart/form-data"
    )
    assert wrong.status_code == 422
    sent = {"letter": (BytesIO(LETTER), "note.pdf"), "reference": "12/3"}
    assert client.post(f"{page}/letter", data=sent, content_type="multipart/form-data").status_code == 303
    found = delegation_letter(focal.delegation)
    assert found is not None and found.reference == "12/3"
    assert "letter received" in client.get(page).text and client.get(f"{page}/letter").data == LETTER


def test_a_reminder_goes_three_times_an_hour_at_most(
    client: PageClient, meeting: Meeting, focal: DelegationFocalPoint
) -> None:
    one, page = nominated(focal, make.category(meeting)), page_of(focal)
    for _time in range(5):
        assert client.post(f"{page}/people/{one.reference}/reminder").status_code == 303
    assert len(letters("nominated")) == 1 + 3


def test_the_link_ends_with_the_focal_point_and_a_new_one_replaces_it(client: PageClient, focal: Any) -> None:
    meeting, page = focal.delegation.meeting, page_of(focal)
    client.sign_in(make.staff(meeting, "organizer"))
    here = f"{MANAGE}/{focal.delegation_id}/focal-points/{focal.id}"
    assert client.post(f"{here}/link").status_code == 303
    assert "A newer link has taken its place" in client.get(page).text
    page = page_of(focal)
    assert client.get(page).status_code == 200
    assert client.post(f"{here}/end").status_code == client.post(f"{here}/end").status_code == 303
    over = client.get(page)
    assert over.status_code == 410 and "It was ended." in over.text and meeting.contact_email in over.text
    refused = client.post(f"{here}/link")
    assert refused.status_code == 409
    other = make.delegation(meeting)
    assert client.post(f"{MANAGE}/{other.id}/focal-points/{focal.id}/end").status_code == 404


def test_one_who_is_ended_while_the_page_is_open_changes_nothing(
    client: PageClient, monkeypatch: pytest.MonkeyPatch, meeting: Meeting, focal: DelegationFocalPoint
) -> None:
    one, page = nominated(focal, make.category(meeting)), page_of(focal)
    by = make.person()
    with transaction():
        end_focal_point(focal, by=by, at=TODAY)
    monkeypatch.setattr("eventapp.links.models.Link.over", lambda *_any: "")
    answer = client.post(f"{page}/people/{one.reference}/withdrawal")
    assert answer.status_code == 409 and "not focal point of this delegation any more" in answer.text
    assert states(one) == ["unconfirmed"]


@pytest.mark.parametrize("over", ["closed", "late"])
def test_nobody_is_nominated_too_late_or_once_the_meeting_is_closed(
    client: PageClient, monkeypatch: pytest.MonkeyPatch, meeting: Meeting, focal: Any, over: str
) -> None:
    page = page_of(focal)
    if over == "late":
        at(monkeypatch, meeting.registration_closes_at)
    else:
        with transaction():
            meeting.closed_at = TODAY
    answer = client.post(f"{page}/people/new", data=person(meeting))
    assert answer.status_code == 409 and "secretariat@example.org" in answer.text
    assert db.session.scalar(select(Registration.id)) is None
    assert "Nominate a person" not in client.get(page).text


def test_in_a_closed_meeting_no_nomination_is_confirmed(meeting: Meeting, focal: DelegationFocalPoint) -> None:
    one = nominated(focal, make.category(meeting))
    with transaction():
        meeting.closed_at = TODAY
    with pytest.raises(Refused, match="The meeting is over"), transaction():
        confirm(one, at=TODAY)
    assert states(one) == ["unconfirmed"]


def test_a_focal_point_goes_along_when_two_delegations_are_merged(
    client: PageClient, meeting: Meeting, sender: Delegation, focal: DelegationFocalPoint
) -> None:
    stays = make.delegation(meeting, "The one that stays")
    client.sign_in(make.staff(meeting, "organizer"))
    assert client.post(f"{MANAGE}/{sender.id}/merger", data={"into": stays.id}).status_code == 303
    assert "The one that stays" in client.get(page_of(focal)).text
