"""Sessions over what two people agreed: the planner is warned without a word of with whom, and both are told."""

import json
from datetime import date, time, timedelta

import pytest

from eventapp.agenda import manage as planner
from eventapp.agenda.models import Session
from eventapp.agenda.releases.actions import release
from eventapp.agenda.releases.live import release_live
from eventapp.agenda.sessions.actions import move
from eventapp.agenda.warnings.queries import warnings_now
from eventapp.ground.db import db, transaction
from eventapp.ground.jobs.scheduler import work_through
from eventapp.mail.models import Letter
from eventapp.meetings.models import ORGANIZER, Meeting
from eventapp.networking.bilaterals.actions import accept, ask, call_off
from eventapp.networking.bilaterals.jobs import JOBS
from eventapp.networking.bilaterals.models import Bilateral, BilateralSlot
from eventapp.networking.slots.actions import Opening, open_slots
from eventapp.registration.models import Registration
from tests import make
from tests.browserless import PageClient
from tests.counting import counted
from tests.make import TODAY
from tests.make_agenda import NINE

HOUR = timedelta(hours=1)


@pytest.fixture
def agreed(meeting: Meeting, ada: Registration, grace: Registration, monkeypatch: pytest.MonkeyPatch) -> Bilateral:
    """Ada and Grace meet from nine to half past nine; Grace has a part in a session at noon, that nobody saw yet."""
    monkeypatch.setattr(planner, "now", lambda: TODAY)
    session = make.session(meeting, code="S1", title="Opening", starts_at=NINE + 3 * HOUR)
    make.role(session, name="Grace Hopper", person_id=grace.person_id)
    with transaction():
        open_slots(meeting, Opening(("Table 1",), date(2026, 3, 16), time(9), time(10), 30), by=None, at=TODAY)
        slot = db.session.query(BilateralSlot).order_by(BilateralSlot.starts_at).limit(1).one()
        one = ask(ada, grace, "About secret ports.", slot, at=TODAY)
    with transaction():
        accept(one, grace, at=TODAY)
    return one


def moved(meeting: Meeting, hours: int) -> None:
    with transaction():
        session = db.session.query(Session).filter_by(meeting_id=meeting.id, code="S1").one()
        starts = NINE + hours * HOUR
        move(session, starts_at=starts, ends_at=starts + HOUR, room_id=None, by=None, at=TODAY)


def published(meeting: Meeting) -> None:
    with transaction():
        release(db.session.get_one(Meeting, meeting.id), by=None, at=TODAY)
    work_through(JOBS, at=TODAY)


def told() -> list[str]:
    """To whom letters about a session over their meeting went, by address."""
    letters = db.session.query(Letter).filter(Letter.kind.contains("bilateral_overlaps")).order_by(Letter.id)
    return sorted(one.to for one in letters)


def test_the_plan_shades_the_time_of_it_while_a_session_of_theirs_is_held(
    client: PageClient, meeting: Meeting, agreed: Bilateral
) -> None:
    """As it shades an absence; nothing says what it is."""
    desk = client.sign_in(make.staff(meeting, ORGANIZER))
    page = desk.get("/meetings/spring/manage/agenda/").text
    away = json.dumps([["Grace Hopper", [[0, 540, 570]]]])
    assert f"data-people='{away}'" in page and 'data-people="0"' in page
    assert "Ada Byron" not in page and "secret ports" not in page
    with transaction():
        call_off(db.session.get_one(Bilateral, agreed.id), agreed.asked, "", at=TODAY)
    assert "data-people" not in desk.get("/meetings/spring/manage/agenda/").text


def test_the_planner_is_warned_and_reads_nothing_of_the_other(
    client: PageClient, meeting: Meeting, agreed: Bilateral
) -> None:
    def warned() -> list[str]:
        db.session.expire_all()
        return [one.words for one in warnings_now(meeting).open if one.kind == "meets"]

    assert warned() == []
    moved(meeting, 0)
    [words] = warned()
    assert words.startswith("Grace Hopper is speaker in S1, ") and words.endswith("has an agreed meeting then.")
    client.sign_in(make.staff(meeting, ORGANIZER))
    page = client.get("/meetings/spring/manage/agenda/").text
    assert "A person has an agreed meeting then" in page and words.split(", ")[0] in page
    for private in ("Ada Byron", "secret ports", "Table 1"):
        assert private not in page
    with transaction():
        one = db.session.get_one(Bilateral, agreed.id)
        call_off(one, one.asked, "", at=TODAY)
    assert warned() == []


def test_both_are_told_once_when_it_is_published_and_not_of_the_draft(meeting: Meeting, agreed: Bilateral) -> None:
    published(meeting)
    assert told() == []
    moved(meeting, 0)
    work_through(JOBS, at=TODAY)
    assert told() == []  # a draft is told to nobody
    published(meeting)
    assert len(told()) == len(set(told())) == 2
    text = db.session.query(Letter).filter(Letter.kind.contains("bilateral_overlaps")).first()
    assert text is not None and "S1 Opening" in text.text and "/networking/meetings/" in text.text
    make.session(meeting, code="S9", starts_at=NINE + 6 * HOUR)
    published(meeting)
    assert len(told()) == 2  # of the same session at the same time nobody hears twice
    moved(meeting, 5)
    published(meeting)
    moved(meeting, 0)
    published(meeting)
    assert len(told()) == 4


def test_a_part_that_is_in_the_draft_alone_is_told_to_nobody(
    meeting: Meeting, agreed: Bilateral, ada: Registration
) -> None:
    session = make.session(meeting, code="S2", starts_at=NINE)
    published(meeting)
    make.role(session, name="Ada Byron", person_id=ada.person_id)
    moved(meeting, 5)
    with transaction():
        late = db.session.query(Session).filter_by(meeting_id=meeting.id, code="S1").one()
        there = db.session.get_one(Meeting, meeting.id)
        assert release_live(there, [late], by=None, at=TODAY, remark="") is not None  # of S1 alone
    work_through(JOBS, at=TODAY)
    assert told() == []
    make.session(meeting, code="S3")
    published(meeting)
    assert len(told()) == 2


def test_the_warning_asks_once_for_any_number(meeting: Meeting, agreed: Bilateral, ada: Registration) -> None:
    def asked() -> int:
        db.session.expire_all()
        assert meeting.rooms == []
        with counted() as sent:
            warnings_now(meeting)
        return len(sent)

    few = asked()
    for number in range(10):
        make.role(make.session(meeting, code=f"T{number}", starts_at=NINE), name="Ada Byron", person_id=ada.person_id)
    assert asked() == few
