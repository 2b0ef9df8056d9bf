"""Accompanying persons: brought along by a participant, none of the delegation, and gone when the participant goes."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from eventapp.balance.counting.stages import everybody
from eventapp.delegations.queries import members_of, row_of
from eventapp.ground.db import db, transaction
from eventapp.history.models import Entry
from eventapp.home.registration import views as home
from eventapp.links import access as links
from eventapp.mail.models import Letter
from eventapp.meetings.models import ORGANIZER, STEWARD, Category, Meeting
from eventapp.official_list.queries import Choice, live, not_agreed
from eventapp.registration import actions as registration_actions
from eventapp.registration.accompanying import views
from eventapp.registration.accompanying.actions import set_rules
from eventapp.registration.accompanying.queries import brought_by, rules_of
from eventapp.registration.decisions.actions import decline
from eventapp.registration.decisions.obstacles import taken_of
from eventapp.registration.entry import own_token
from eventapp.registration.models import Registration
from tests import make, make_checkin
from tests.browserless import PageClient
from tests.counting import counted

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    for room in (links, views, home):
        monkeypatch.setattr(room, "now", lambda: make.TODAY)


@pytest.fixture
def meeting() -> Meeting:
    return make.meeting(slug="spring", capacity=20)


@pytest.fixture
def along(meeting: Meeting) -> Category:
    """The category of accompanying persons; two for each participant."""
    category = make.category(meeting, code="ACC", name="Accompanying person", takes_registrations=False)
    by = make.person()
    with transaction():
        set_rules(meeting, "ACC", 2, by=by, at=make.TODAY)
    return category


@pytest.fixture
def one(meeting: Meeting, along: Category) -> Registration:
    sender = make.delegation(meeting, "Fiji", country="FJI", is_state=True, places=1)
    return make.registration(meeting, record_name="Anong Suksawat", delegation=sender)


def page_of(registration: Registration) -> str:
    with transaction():
        return f"/registrations/{own_token(registration)}"


def brought(client: PageClient, one: Registration, family_name: str = "Byron", key: str = "k", **more: str) -> int:
    data = {"family_name": family_name, "given_name": "Ada", "key": key, **more}
    return client.post(f"{page_of(one)}/accompanying", data=data).status_code


def states(one: Registration) -> list[str]:
    db.session.rollback()
    return [each.state for each in brought_by(one)]


def test_a_participant_brings_somebody_along(client: PageClient, meeting: Meeting, one: Registration) -> None:
    assert "Bring somebody along" in client.get(page_of(one)).text
    assert "You may bring 2 people more." in client.get(f"{page_of(one)}/accompanying").text
    letters = db.session.scalar(select(func.count(Letter.id)))
    assert [brought(client, one, own_name="อาดา", no_photographs="y") for _twice in range(2)] == [303, 303]
    [came] = brought_by(one)
    assert (came.state, came.category.code, came.record_name, came.own_name) == (
        "approved",
        "ACC",
        "Ada Byron",
        "อาดา",
    )
    assert (came.delegation_id, came.may_be_photographed, came.lists_name) == (one.delegation_id, False, False)
    assert db.session.scalar(select(func.count(Letter.id))) == letters, "nobody has an address to write to"
    page = client.get(page_of(one)).text
    assert "Ada Byron" in page and came.reference in page and "Has a place" in page
    assert "brought along" in db.session.scalars(select(Entry.verb)).all()


def test_they_take_no_place_of_the_delegation_and_stand_in_no_list(
    client: PageClient, meeting: Meeting, one: Registration
) -> None:
    assert brought(client, one) == 303
    sender = one.delegation
    assert taken_of(sender.id) == 1 and [each.id for each in members_of(sender)] == [one.id]
    assert (row_of(sender).people, row_of(sender).too_many) == (1, 0)
    assert len(db.session.execute(live(meeting, Choice())).all()) == 1
    assert not_agreed(meeting, Choice()) == 0
    gate = make_checkin.gate(meeting)
    for each in (one, *brought_by(one)):
        make_checkin.scanned(gate, each.reference)
    totals = everybody(meeting, at=make.TODAY).totals
    assert (totals["approved"], totals["present"]) == (1, 1), "the balance counts who takes part"


def test_no_more_than_the_meeting_takes(client: PageClient, one: Registration) -> None:
    assert [brought(client, one, name, key=name) for name in ("One", "Two")] == [303, 303]
    refused = client.post(f"{page_of(one)}/accompanying", data={"family_name": "Three", "key": "3"})
    assert refused.status_code == 409 and "You may bring 2 people." in refused.text
    assert len(brought_by(one)) == 2
    assert "Bring somebody along" not in client.get(page_of(one)).text


def test_a_name_is_needed_and_what_was_typed_stays(client: PageClient, one: Registration) -> None:
    wrong = client.post(f"{page_of(one)}/accompanying", data={"given_name": "Ada", "key": "k"})
    assert wrong.status_code == 422 and "Enter the family name." in wrong.text and 'value="Ada"' in wrong.text
    assert brought_by(one) == []


def test_an_organizer_decides_where_the_category_says_so_or_the_participant_waits(
    client: PageClient, meeting: Meeting, one: Registration
) -> None:
    asking = make.registration(meeting, state="pending")
    assert brought(client, asking) == 303
    assert states(asking) == ["pending"]
    with transaction():
        db.session.scalars(select(Category).where(Category.code == "ACC")).one().needs_approval = True
    assert brought(client, one) == 303
    assert states(one) == ["pending"]


def test_they_leave_one_by_one_and_with_whom_they_accompany(
    client: PageClient, monkeypatch: pytest.MonkeyPatch, one: Registration
) -> None:
    for name in ("One", "Two"):
        brought(client, one, name, key=name)
    first = brought_by(one)[0]
    for _twice in range(2):
        assert client.post(f"{page_of(one)}/accompanying/{first.number}/withdrawal").status_code == 303
    assert states(one) == ["withdrawn", "approved"]
    client.post(f"{page_of(one)}/accompanying/999/withdrawal")
    assert "You brought nobody with this number." in client.get(page_of(one)).text
    with transaction():
        registration_actions.withdraw(one, by=one.person, at=make.TODAY)
    assert states(one) == ["withdrawn", "withdrawn"]


def test_who_is_refused_comes_with_nobody(client: PageClient, meeting: Meeting, along: Category) -> None:
    asking, by = make.registration(meeting, state="pending"), make.staff(meeting, ORGANIZER)
    assert brought(client, asking) == 303
    with transaction():
        decline(asking, "No place.", by=by, at=make.TODAY)
    assert states(asking) == ["withdrawn"]


@pytest.mark.parametrize("state", ["withdrawn", "declined", "unconfirmed"])
def test_who_does_not_come_brings_nobody(client: PageClient, meeting: Meeting, along: Category, state: str) -> None:
    assert brought(client, make.registration(meeting, state=state)) == 409
    assert db.session.scalar(select(func.count()).where(Registration.brought_by_id.is_not(None))) == 0


def test_who_is_brought_brings_nobody_and_nobody_once_it_is_over(
    client: PageClient, monkeypatch: pytest.MonkeyPatch, one: Registration
) -> None:
    brought(client, one)
    assert brought(client, brought_by(one)[0], key="x") == 409
    monkeypatch.setattr(views, "now", lambda: make.TODAY + timedelta(days=20))
    assert brought(client, one, "Late", key="late") == 409
    assert len(brought_by(one)) == 1


def test_without_the_rule_nobody_is_brought(client: PageClient, meeting: Meeting) -> None:
    one = make.registration(meeting)
    assert "Accompanying persons" not in client.get(page_of(one)).text
    assert brought(client, one) == 409


def test_the_rule_is_set_by_a_form_and_the_panel_tells(client: PageClient, meeting: Meeting, one: Registration) -> None:
    brought(client, one)
    client.sign_in(make.staff(meeting, ORGANIZER))
    here = "/meetings/spring/manage/accompanying"
    assert '<option selected value="ACC">' in client.get(here).text
    people = "/meetings/spring/manage/registrations?state=everyone&open="
    assert "Accompanied by" in client.get(f"{people}{one.reference}").text
    assert "Accompanies" in client.get(f"{people}{brought_by(one)[0].reference}").text
    for typed in ({"kind": "ACC", "most": "10"}, {"kind": "ACC", "most": ""}, {"kind": "NOBODY", "most": "1"}):
        assert client.post(here, data=typed).status_code == 422
    db.session.rollback()
    rules = rules_of(meeting)
    assert rules and rules.most == 2
    assert client.post(here, data={"kind": "", "most": ""}).status_code == 303
    db.session.rollback()
    assert rules_of(meeting) is None
    client.sign_in(make.staff(meeting, STEWARD))
    assert client.get(here).status_code == 404


def test_the_page_asks_as_often_for_two_as_for_one(client: PageClient, one: Registration) -> None:
    counts = []
    for name in ("One", "Two"):
        brought(client, one, name, key=name)
        client.get(page_of(one))
        with counted() as count:
            client.get(page_of(one))
        counts.append(len(count))
    assert counts[0] == counts[1]
