"""A steward prints one badge at the counter, and another where one is lost."""

import pytest
from sqlalchemy import select

from eventapp.badges.layouts.actions import keep_layout
from eventapp.badges.printing.layouts import Design, Size
from eventapp.badges.queries import badges_of, code_of
from eventapp.ground.db import db, transaction
from eventapp.history.models import Entry
from eventapp.meetings.models import Meeting
from eventapp.registration.models import Registration
from eventapp.registration.walk_ins import manage as counter
from tests import make
from tests.badges.reading import codes, sides
from tests.browserless import PageClient
from tests.make_checkin import gate, scanned

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def meeting() -> Meeting:
    return make.meeting(slug="spring")


@pytest.fixture
def one(meeting: Meeting) -> Registration:
    return make.registration(meeting)


@pytest.fixture
def steward(client: PageClient, meeting: Meeting) -> PageClient:
    return client.sign_in(make.staff(meeting, "steward"))


def page_of(one: Registration) -> str:
    return f"/meetings/spring/door/badges/{one.reference}"


def test_one_badge_is_printed_and_history_says_where(steward: PageClient, meeting: Meeting, one: Registration) -> None:
    door = gate(meeting, "Main entrance")
    file = steward.post(f"{page_of(one)}/print", data={"gate": door.code})
    assert (file.mimetype, sides(file.data), codes(file.data)) == ("application/pdf", [(1050, 1480)], [code_of(one)])
    entry = db.session.scalars(select(Entry).where(Entry.verb == "badges printed")).one()
    assert (entry.detail["references"], entry.detail["gate"]) == ([one.reference], "Main entrance")
    assert badges_of(one)[0].printed_at is not None


@pytest.mark.parametrize(
    ("kept", "printed"),
    [
        (Size.SHEET, (1050, 1480)),
        (Size.CARD_SHEET, (900, 550)),
        (Size.A7_SHEET, (740, 1050)),
        (Size.LABEL, (620, 880)),
        (Size.LETTER, (1050, 1480)),
    ],
)
def test_it_has_the_size_of_the_meetings_badges_alone_on_its_page(
    steward: PageClient, meeting: Meeting, one: Registration, kept: Size, printed: tuple[int, int]
) -> None:
    with transaction():
        keep_layout(meeting, None, Design(kept), by=None, at=make.TODAY)
    assert sides(steward.post(f"{page_of(one)}/print").data) == [printed]


def test_a_lost_badge_is_replaced_with_a_reason(steward: PageClient, meeting: Meeting, one: Registration) -> None:
    door, before = gate(meeting, "Main entrance"), code_of(one)
    scanned(door, before)
    again = steward.get(f"/meetings/spring/door/scans/{scanned(door, before).scan_id}").text
    assert f"{page_of(one)}?gate={door.code}" in again, "a steward too"
    refused = steward.post(page_of(one), data={"because": "", "replaced": "0"})
    assert refused.status_code == 422
    assert "Say why, for example: badge lost" in refused.text
    assert code_of(one) == before
    assert steward.post(page_of(one), data={"because": "lost", "replaced": "0", "gate": door.code}).status_code == 303
    assert code_of(one) != before
    assert scanned(door, before).reason == "replaced"
    steward.post(page_of(one), data={"because": "lost", "replaced": "0"})
    assert len(badges_of(one)) == 2, "pressed twice"


def test_only_of_somebody_with_a_place_at_this_meeting(steward: PageClient, meeting: Meeting) -> None:
    pending, stranger = make.registration(meeting, state="pending"), make.registration(make.meeting(), number=900)
    for each in (pending, stranger):
        assert steward.get(page_of(each)).status_code == 404
        assert steward.post(f"{page_of(each)}/print").status_code == 404


def test_a_rapporteur_prints_none(client: PageClient, meeting: Meeting, one: Registration) -> None:
    client.sign_in(make.staff(meeting, "rapporteur"))
    assert client.get(page_of(one)).status_code == 404


def test_whoever_is_found_by_name_leads_there(steward: PageClient, meeting: Meeting, one: Registration) -> None:
    door = gate(meeting)
    page = steward.get(f"/meetings/spring/door/people?gate={door.code}&name={one.reference}").text
    assert f"{page_of(one)}?gate={door.code}" in page


def test_after_a_walk_in_the_way_leads_there(
    steward: PageClient, one: Registration, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counter, "now", lambda: make.TODAY)
    assert page_of(one) in steward.get(f"/meetings/spring/manage/registrations/new?added={one.reference}").text


def test_another_printer_at_the_counter_is_chosen_once(
    steward: PageClient, meeting: Meeting, one: Registration
) -> None:
    with transaction():
        keep_layout(meeting, None, Design(Size.SHEET), by=None, at=make.TODAY)
    assert '<option value="a6" selected>' in steward.get(page_of(one)).text
    assert sides(steward.post(f"{page_of(one)}/print", data={"size": "label"}).data) == [(620, 880)]
    assert '<option value="label" selected>' in steward.get(page_of(make.registration(meeting))).text
    assert sides(steward.post(f"{page_of(one)}/print").data) == [(620, 880)]


@pytest.mark.parametrize("odd", ["sheet", "wall-paper", "A6"])
def test_several_on_a_page_or_no_size_at_all_print_as_usual(steward: PageClient, one: Registration, odd: str) -> None:
    assert sides(steward.post(f"{page_of(one)}/print", data={"size": odd}).data) == [(1050, 1480)]


def test_a_category_with_a_layout_prints_by_it_and_is_no_choice_for_the_others(
    steward: PageClient, meeting: Meeting, one: Registration
) -> None:
    press = make.category(meeting, code="PRESS")
    other = make.registration(meeting, category=press)
    with transaction():
        keep_layout(meeting, press, Design(Size.OWN, ("code",), ("sessions",), 100, 70), by=None, at=make.TODAY)

    page = steward.get(page_of(other)).text
    assert '<option value="own" selected>100 × 70 mm</option>' in page
    assert sides(steward.post(f"{page_of(other)}/print", data={"size": "own"}).data) == [(1000, 700)] * 2
    assert sides(steward.post(f"{page_of(one)}/print", data={"size": "a6"}).data) == [(1050, 1480)]
    assert sides(steward.post(f"{page_of(other)}/print", data={"size": "own"}).data) == [(1000, 700)] * 2

    assert sides(steward.post(f"{page_of(other)}/print", data={"size": "label"}).data) == [(620, 880)]
    assert sides(steward.post(f"{page_of(one)}/print").data) == [(620, 880)], "the printer of this counter"
    assert sides(steward.post(f"{page_of(one)}/print", data={"size": "a6"}).data) == [(1050, 1480)]
    assert sides(steward.post(f"{page_of(other)}/print").data) == [(1000, 700)] * 2, "forgotten"
