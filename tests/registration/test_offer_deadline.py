"""The deadline of an offer is extended by an organizer and set back; Today says what the waiting list asks."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.desk.attention.lines import Look
from eventapp.desk.attention.waiting_list import waiting_list
from eventapp.ground.db import db, transaction
from eventapp.ground.refusal import Refused
from eventapp.history.models import Entry
from eventapp.meetings.models import Category, Meeting
from eventapp.registration.models import APPROVED, WITHDRAWN
from eventapp.registration.offers import manage
from eventapp.registration.offers.actions import accept, decline, end_overdue, set_deadline
from eventapp.registration.offers.models import Offer
from tests import make
from tests.browserless import PageClient
from tests.make import TODAY
from tests.make_registration import confirmed, states
from tests.registration.filling import set_clock
from tests.registration.test_offers import DEADLINE, HERE, HOUR, in_line, leave, letters

LATER = DEADLINE + 24 * HOUR


@pytest.fixture(autouse=True)
def _today(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    set_clock(monkeypatch, TODAY)
    monkeypatch.setattr(manage, "now", lambda: TODAY)


@pytest.fixture
def meeting() -> Meeting:
    return make.meeting(slug="spring", capacity=1)


@pytest.fixture
def category(meeting: Meeting) -> Category:
    return make.category(meeting)


def offered(meeting: Meeting, category: Category) -> Offer:
    """A place that is offered to the second of three until DEADLINE."""
    leave(in_line(meeting, category)[0])
    return db.session.scalars(select(Offer)).one()


def extend(offer: Offer, until: datetime, *, seen: datetime = DEADLINE, at: datetime = TODAY) -> None:
    by = make.person()
    with transaction():
        set_deadline(offer, until, seen=seen, by=by, at=at)


def test_who_has_longer_to_answer_is_told_and_can_accept(meeting: Meeting, category: Category) -> None:
    offer = offered(meeting, category)
    for _time in range(2):
        extend(offer, LATER)
    with transaction():
        assert end_overdue(at=DEADLINE) == 0
    letter = letters("offer_deadline")
    assert [one.to for one in letter] == [offer.registration.person.email]
    assert "until 5 March 2026, 09:00 (Bangkok, UTC+7)" in letter[0].text
    assert "Before it was 4 March 2026, 09:00" in letter[0].text and "/offer" in letter[0].text
    entry = db.session.scalars(select(Entry).where(Entry.verb == "set another deadline of an offer")).one()
    assert entry.meeting_id == meeting.id
    with transaction():
        accept(offer.registration, at=DEADLINE + HOUR)
    assert states(offer.registration) == [APPROVED]


def test_an_offer_that_has_ended_has_no_deadline_to_set(meeting: Meeting, category: Category) -> None:
    offer = offered(meeting, category)
    with pytest.raises(Refused, match="has ended"):
        extend(offer, LATER, at=DEADLINE)
    with transaction():
        decline(offer.registration, at=TODAY)
    with pytest.raises(Refused, match="has ended"):
        extend(offer, LATER)
    assert not letters("offer_deadline")


def test_no_deadline_is_over_or_after_the_meeting_or_over_another(meeting: Meeting, category: Category) -> None:
    offer = offered(meeting, category)
    with pytest.raises(Refused, match="This moment is over"):
        extend(offer, TODAY)
    with pytest.raises(Refused, match="The meeting is over then"):
        extend(offer, TODAY + timedelta(days=999))
    extend(offer, LATER)
    with pytest.raises(Refused, match="Somebody else"):
        extend(offer, LATER + HOUR)
    db.session.rollback()
    assert offer.expires_at == LATER and len(letters("offer_deadline")) == 1


def test_the_page_of_a_deadline(client: PageClient, meeting: Meeting, category: Category) -> None:
    offer = offered(meeting, category)
    number, name = offer.id, offer.registration.record_name
    client.sign_in(make.staff(meeting, "organizer"))
    page = f"{HERE}/offers/{number}/deadline"
    assert f'href="{page}"' in client.get(HERE).text
    shown = client.get(page).text
    assert "2026-03-04 09:00" in shown and "Bangkok, UTC+7" in shown
    seen = DEADLINE.isoformat()
    for wrong in ("", "tomorrow", "2026-03-04 09:00", "2026-03-01 09:00"):
        answer = client.post(page, data={"seen": seen, "until": wrong})
        assert answer.status_code == 422 and 'id="until-error"' in answer.text and f'value="{wrong}"' in answer.text
    assert client.post(page, data={"seen": "x", "until": "2026-03-05 09:00"}).status_code in (400, 422)
    late = client.post(page, data={"seen": seen, "until": "2030-03-05 09:00"})
    assert late.status_code == 409 and "The meeting is over then" in late.text
    done = client.post(page, data={"seen": seen, "until": "2026-03-05 09:00"})
    shown = client.get(done.location).text
    assert f"{name} gets a letter with the new deadline." in shown and f"{page}/undo" in shown
    assert client.post(page, data={"seen": seen, "until": "2026-03-06 09:00"}).status_code == 409
    assert client.post(f"{page}/undo", data={"was": "x", "seen": "y"}).status_code == 400
    back = client.post(f"{page}/undo", data={"was": seen, "seen": LATER.isoformat()})
    assert "The deadline is as it was." in client.get(back.location).text
    assert len(letters("offer_deadline")) == 2
    with transaction():
        end_overdue(at=DEADLINE)
    assert client.get(page).status_code == 303
    assert client.post(page, data={"seen": seen, "until": "2026-03-05 09:00"}).status_code == 409


def lines(meeting: Meeting, at: datetime = TODAY) -> list[tuple[str, str]]:
    db.session.rollback()
    return [(one.tone, one.what) for one in waiting_list(Look(meeting, at, ()))]


def test_today_says_what_the_waiting_list_asks(meeting: Meeting, category: Category) -> None:
    assert lines(meeting) == []
    offer = offered(meeting, category)
    assert lines(meeting) == [("off", "1 offer of a place waits for an answer")]
    assert lines(meeting, DEADLINE - HOUR) == [("wait", "1 offer of a place waits for an answer")]
    with transaction():
        end_overdue(at=DEADLINE)
    assert states(offer.registration) == [WITHDRAWN]
    passed = ("off", "1 offer of a place ended without an answer")
    assert lines(meeting, DEADLINE) == [("off", "1 offer of a place waits for an answer"), passed]
    assert passed not in lines(meeting, DEADLINE + timedelta(days=4))
    confirmed(meeting, category)
    with transaction():
        meeting.capacity = 3
    assert ("wait", "2 places are free while people wait") in lines(meeting)
