"""The pages of bilateral meetings: from a request to an agreed meeting in both calendars, and the organizers' slots."""

import json
import re
from datetime import date, time

import pytest

from eventapp.ground.db import db, transaction
from eventapp.home.registration import views as my_registration
from eventapp.home.registration.everything import all_about
from eventapp.meetings.models import ORGANIZER, Meeting
from eventapp.networking.bilaterals.actions import accept, ask
from eventapp.networking.bilaterals.models import AGREED, Bilateral, BilateralSlot
from eventapp.networking.slots.actions import Opening, open_slots
from eventapp.registration.entry import calendar_token
from eventapp.registration.models import Registration
from tests import make
from tests.browserless import PageClient
from tests.make import TODAY
from tests.make_agenda import published
from tests.networking.conftest import found, there

SLOTS = "/meetings/spring/manage/settings/networking/slots"


@pytest.fixture
def slot(meeting: Meeting, monkeypatch: pytest.MonkeyPatch) -> BilateralSlot:
    make.session(meeting)
    published(meeting)
    return before_an_agenda(meeting, monkeypatch)


def before_an_agenda(meeting: Meeting, monkeypatch: pytest.MonkeyPatch) -> BilateralSlot:
    """The first of two slots at a table."""
    monkeypatch.setattr(my_registration, "now", lambda: TODAY)
    with transaction():
        wanted = Opening(("Table 1",), date(2026, 3, 16), time(14), time(15), 30)
        open_slots(meeting, wanted, by=None, at=TODAY)
    return db.session.query(BilateralSlot).order_by(BilateralSlot.starts_at).limit(1).one()


def calendar(client: PageClient, one: Registration) -> str:
    """Of the calendar of this participant the event of the bilateral meeting; "" where there is none."""
    lines = client.get(f"/calendars/{calendar_token(one)}.ics").get_data(as_text=True).replace("\r\n ", "")
    return next((part for part in lines.split("BEGIN:VEVENT") if "UID:bilateral" in part), "")


def test_what_was_agreed_is_in_the_calendar_before_there_is_an_agenda(
    client: PageClient, meeting: Meeting, ada: Registration, grace: Registration, monkeypatch: pytest.MonkeyPatch
) -> None:
    make.session(meeting)  # of a draft that nobody has seen
    slot = before_an_agenda(meeting, monkeypatch)
    with transaction():
        one = ask(ada, grace, "About ports.", slot, at=TODAY)
        accept(one, grace, at=TODAY)
    text = client.get(f"/calendars/{calendar_token(ada)}.ics").get_data(as_text=True)
    assert text.count("BEGIN:VEVENT") == 1
    assert "Meeting with Grace Hopper" in calendar(client, ada) and "Ada Byron" in calendar(client, grace)


def test_from_a_request_to_both_calendars_and_out_of_them_again(
    client: PageClient, ada: Registration, grace: Registration, slot: BilateralSlot
) -> None:
    mine, hers = there(ada), there(grace)
    asking = f"{mine}/people/{grace.number}/request"
    page = client.get(asking).text
    assert re.search(r"14:00.14:30 · Table 1", page) and "Without a time yet" in page and grace.person.email not in page
    empty = client.post(asking, data={"slot": str(slot.id)})
    assert empty.status_code == 422 and "Write in a sentence or two" in empty.text
    gone = client.post(asking, data={"words": "Tele-education", "slot": "987654"})
    assert gone.status_code == 409 and "not open any more" in gone.text and "Tele-education" in gone.text
    made = client.post(asking, data={"words": "Tele-education", "slot": str(slot.id)})
    assert made.status_code == 303
    number = db.session.query(Bilateral).one().id
    asked = client.get(f"{hers}/meetings/{number}").text
    assert "Tele-education" in asked and "Waits for your answer" in asked and ada.person.email not in asked
    assert "1 request waits for your answer" in client.get(hers).text
    assert calendar(client, ada) == ""
    assert client.post(f"{mine}/meetings/{number}/acceptance").status_code == 409
    assert client.post(f"{hers}/meetings/{number}/acceptance").status_code == 303
    for one, other, page in ((ada, grace, mine), (grace, ada, hers)):
        shown = client.get(f"{page}/meetings/{number}").text
        assert other.person.email in shown and "Both agreed" in shown
        event = calendar(client, one)
        assert "STATUS:CONFIRMED" in event and "SEQUENCE:0" in event and f"Meeting with {other.record_name}" in event
        own = client.get(page.removesuffix("/networking")).text
        assert other.record_name in own and "Table 1" in own
        assert other.record_name in client.get(page.replace("/networking", "/agenda")).text
    assert client.get(f"{there(found(ada.meeting, 'Third'))}/meetings/{number}").status_code == 404
    later = db.session.query(BilateralSlot).order_by(BilateralSlot.starts_at.desc()).limit(1).one()
    assert "14:30" in client.get(f"{mine}/meetings/{number}/time").text
    assert client.post(f"{mine}/meetings/{number}/time", data={}).status_code == 409
    assert client.post(f"{mine}/meetings/{number}/time", data={"slot": str(later.id)}).status_code == 303
    assert (
        "STATUS:TENTATIVE" in calendar(client, grace)
        and grace.person.email not in client.get(f"{mine}/meetings/{number}").text
    )
    assert client.post(f"{mine}/meetings/{number}/end", data={"reason": "A train"}).status_code == 303
    for one in (ada, grace):
        event = calendar(client, one)
        assert "STATUS:CANCELLED" in event and "SEQUENCE:2" in event and f"UID:bilateral-{number}@" in event
    assert "A train" in client.get(f"{hers}/meetings/{number}").text
    told = json.dumps(all_about(ada)["networking"])
    assert "Tele-education" in told and "Grace Hopper" in told and grace.person.email not in told


def test_a_request_is_declined_with_a_reason_on_its_page(
    client: PageClient, ada: Registration, grace: Registration
) -> None:
    mine, hers = there(ada), there(grace)
    assert "No time is free for both of you now" in client.get(f"{mine}/people/{grace.number}/request").text
    client.post(f"{mine}/people/{grace.number}/request", data={"words": "Tele-education", "slot": ""})
    number = db.session.query(Bilateral).one().id
    assert "No other time is free" in client.get(f"{hers}/meetings/{number}/time").text
    long = client.post(f"{hers}/meetings/{number}/refusal", data={"reason": "x" * 501})
    assert long.status_code == 422
    assert client.post(f"{hers}/meetings/{number}/refusal", data={"reason": "No time"}).status_code == 303
    assert "Declined" in client.get(f"{mine}/meetings/{number}").text
    assert client.post(f"{mine}/people/{grace.number}/block").status_code == 303
    assert client.post(f"{mine}/people/{grace.number}/request", data={"words": "Us"}).status_code == 404


def test_organizers_open_and_close_slots_and_see_that_one_is_taken_not_by_whom(
    client: PageClient, meeting: Meeting, ada: Registration, grace: Registration, slot: BilateralSlot
) -> None:
    client.post(f"{there(ada)}/people/{grace.number}/request", data={"words": "Tele-education", "slot": str(slot.id)})
    client.sign_in(make.staff(meeting, ORGANIZER))
    page = client.get(SLOTS).text
    assert "Taken" in page and "Free" in page and "Ada Byron" not in page and "Tele-education" not in page
    wrong = client.post(SLOTS, data={"places": "", "day": "some day", "starts": "x", "ends": "10", "minutes": "many"})
    assert wrong.status_code == 422 and "some day" in wrong.text and "Write where people meet." in wrong.text
    typed = {"places": "Lounge\nLounge\n", "day": "2026-03-16", "starts": "16:00", "ends": "17:00", "minutes": "20"}
    assert client.post(SLOTS, data=typed).status_code == 303
    assert db.session.query(BilateralSlot).filter_by(place="Lounge").count() == 3
    client.get(SLOTS)
    assert client.post(SLOTS, data=typed).status_code == 303
    assert "These slots are there already." in client.get(SLOTS).text
    short = client.post(SLOTS, data={**typed, "ends": "16:10"})
    assert short.status_code == 409 and "leaves time for one meeting" in short.text
    assert client.post(f"{SLOTS}/{slot.id}/closing").status_code == 303
    db.session.expire_all()
    assert slot.closed_at == TODAY
    client.post(f"{SLOTS}/{slot.id}/opening")
    db.session.expire_all()
    assert slot.closed_at is None
    one = db.session.query(Bilateral).one()
    with transaction():
        one.state = AGREED
    numbers = client.get(SLOTS.removesuffix("/slots")).text
    assert "Bilateral meetings agreed" in numbers and "Ada Byron" not in numbers
