"""What stands against a place is said where one decides, and overridden only with a reason."""

import pytest
from sqlalchemy import select

from eventapp.ground.db import db, transaction
from eventapp.history.models import Entry
from eventapp.meetings.models import Meeting
from eventapp.registration import manage
from eventapp.registration.actions import undo_withdrawal, withdraw
from eventapp.registration.decisions import manage as decisions
from eventapp.registration.decisions.actions import approve, put_on_waiting_list
from eventapp.registration.decisions.obstacles import Obstructed, obstacles
from eventapp.registration.models import Registration
from eventapp.registration.places.actions import offer_next
from tests import make
from tests.browserless import PageClient
from tests.make_registration import confirmed, states

pytestmark = pytest.mark.usefixtures("app")
PEOPLE = "/meetings/spring/manage/registrations"


@pytest.fixture(autouse=True)
def _the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    for room in (decisions, manage):
        monkeypatch.setattr(room, "now", lambda: make.TODAY)


@pytest.fixture
def meeting() -> Meeting:
    return make.meeting(slug="spring")


def pending(meeting: Meeting, **facts: object) -> Registration:
    return make.registration(meeting, **{"state": "pending", **facts})


def test_a_missing_letter_stands_against_a_place(meeting: Meeting) -> None:
    one = pending(meeting, category=make.category(meeting, needs_letter=True))
    assert obstacles(one) == ["The letter is missing."]
    organizer = make.administrator()
    with pytest.raises(Obstructed, match="The letter is missing"), transaction():
        approve(one, by=organizer, at=make.TODAY)
    assert states(one) == ["pending"]


def test_a_second_head_and_a_full_delegation_stand_against_one(meeting: Meeting) -> None:
    sender = make.delegation(meeting, "Telecommunication Union", places=1)
    make.registration(meeting, delegation=sender, delegation_role="HOD", record_name="Ms. Anong Suksawat")
    one = pending(meeting, delegation=sender, delegation_role="HOD")
    assert obstacles(one) == [
        "Ms. Anong Suksawat is head of this delegation already.",
        "All 1 places of Telecommunication Union are taken.",
    ]


def test_heads_of_others_and_people_without_a_place_do_not(meeting: Meeting) -> None:
    sender = make.delegation(meeting, places=1)
    make.registration(meeting, delegation_role="HOD")
    pending(meeting, delegation=sender, delegation_role="HOD")
    assert obstacles(pending(meeting, delegation=sender, delegation_role="HOD")) == []


def test_a_reason_overrides_it_and_history_keeps_it(client: PageClient, meeting: Meeting) -> None:
    client.sign_in(make.staff(meeting, "organizer"))
    one = pending(meeting, category=make.category(meeting, needs_letter=True))
    page = client.get(f"{PEOPLE}?open={one.reference}").text
    assert "The letter is missing." in page
    assert "Approve all the same" in page
    refused = client.post(f"{PEOPLE}/{one.reference}", data={"do": "approve"})
    assert refused.status_code == 409
    assert "To approve all the same, write why." in refused.text
    assert states(one) == ["pending"]
    client.post(f"{PEOPLE}/{one.reference}", data={"do": "approve", "despite": "The Ambassador telephoned."})
    assert states(one) == ["approved"]
    entry = db.session.scalars(select(Entry).where(Entry.verb == "approved all the same")).one()
    assert entry.detail == {"against": ["The letter is missing."], "reason": "The Ambassador telephoned."}
    assert one.reason == ""  # the person reads that


def test_of_many_only_those_are_approved_against_whom_nothing_stands(client: PageClient, meeting: Meeting) -> None:
    client.sign_in(make.staff(meeting, "organizer"))
    without, sound = pending(meeting, category=make.category(meeting, needs_letter=True)), pending(meeting)
    client.post(PEOPLE, data={"do": "approve", "pick": [without.reference, sound.reference]})
    assert states(without, sound) == ["pending", "approved"]


def test_the_waiting_list_passes_over_a_full_delegation(meeting: Meeting) -> None:
    sender = make.delegation(meeting, places=0)
    facts = {"state": "waiting", "waiting_since": make.TODAY}
    full, next_one = make.registration(meeting, delegation=sender, **facts), make.registration(meeting, **facts)
    with transaction():
        offer_next(meeting, at=make.TODAY)
    assert states(full, next_one) == ["waiting", "approved"]


def test_somebody_may_still_be_put_on_the_waiting_list(meeting: Meeting) -> None:
    one = pending(meeting, delegation=make.delegation(meeting, places=0))
    organizer = make.administrator()
    with transaction():
        put_on_waiting_list(one, by=organizer, at=make.TODAY)
    assert states(one) == ["waiting"]


def test_who_comes_after_all_waits_for_a_decision_where_another_has_the_place(meeting: Meeting) -> None:
    sender = make.delegation(meeting, places=1)
    first = make.registration(meeting, delegation=sender)
    with transaction():
        withdraw(first, by=None, at=make.TODAY)
    second, organizer = pending(meeting, delegation=sender), make.administrator()
    with transaction():
        approve(second, by=organizer, at=make.TODAY)
        undo_withdrawal(first, by=None, at=make.TODAY)
    assert states(first, second) == ["pending", "approved"]


def test_a_category_that_asks_no_approval_asks_for_one_then(meeting: Meeting) -> None:
    make.delegation(meeting, "Telecommunication Union", places=0)
    assert confirmed(meeting).state == "pending"
