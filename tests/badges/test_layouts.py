"""The pages where an organizer says how badges come out, for the meeting and by category, and what is printed by them."""

import re

import pytest
from flask import Flask

from eventapp.badges.layouts.actions import keep_layout
from eventapp.badges.printing.layouts import PARTS, Design, Size
from eventapp.ground.db import db, transaction
from eventapp.history.models import Entry
from eventapp.meetings.models import ORGANIZER, STEWARD, Category
from eventapp.meetings.models import Meeting as MeetingRow
from tests import make
from tests.badges.reading import sides, texts
from tests.browserless import PageClient

SOUND = {"size": "own", "wide": "100", "high": "70", "parts": ["delegation", "code"], "sides": "one"}


@pytest.fixture
def meeting(app: Flask) -> MeetingRow:
    return make.meeting(slug="spring", short_title="Spring review")


@pytest.fixture
def press(meeting: MeetingRow) -> Category:
    return make.category(meeting, code="PRESS", name="Press", protocol_order=9)


@pytest.fixture
def organizer(client: PageClient, meeting: MeetingRow) -> PageClient:
    return client.sign_in(make.staff(meeting, ORGANIZER))


BADGES = "/meetings/spring/manage/badges"


def seen(page: str) -> str:
    [mark] = re.findall('name="seen"[^>]* value="([^"]+)"', page)
    return str(mark)


def test_a_category_has_a_layout_of_its_own_until_it_is_taken_away(
    organizer: PageClient, meeting: MeetingRow, press: Category
) -> None:
    page = organizer.get(f"{BADGES}/layouts").text
    assert "As the meeting’s badges." in page and "Four A6 on A4" in page

    answer = organizer.post(f"{BADGES}/layouts/PRESS", data=SOUND)

    assert answer.status_code == 303
    db.session.expire_all()
    assert Design.of(press.badge_layout) == Design(Size.OWN, ("delegation", "code"), None, 100, 70)
    assert meeting.badge_layout == {}
    page = organizer.get(answer.location).text
    assert "100 × 70 mm" in page and "Name, State or body that one comes for, QR code for the door" in page
    assert organizer.post(f"{BADGES}/layouts/PRESS/removal").status_code == 303
    db.session.expire_all()
    assert press.badge_layout == {}
    query = db.session.query(Entry).filter_by(verb="changed the layout of badges")
    entries = query.order_by(Entry.number).all()
    assert [(one.thing, one.detail["before"][:8], one.detail["after"][:8]) for one in entries] == [
        ("category", "", "100 × 70"),
        ("category", "100 × 70", ""),
    ]


def test_the_layout_of_the_meeting_has_two_sides(organizer: PageClient, meeting: MeetingRow) -> None:
    make.registration(meeting)
    typed = {**SOUND, "size": "card", "wide": "", "high": "", "sides": "both", "back": ["sessions", "languages"]}
    assert organizer.post(f"{BADGES}/layout", data=typed).status_code == 303
    assert Design.of(meeting.badge_layout) == Design(Size.CARD, ("delegation", "code"), ("sessions", "languages"))
    page = organizer.get(f"{BADGES}/layout").text
    assert '<option selected value="both">' in page and 'name="back" value="sessions" checked' in " ".join(page.split())
    page = organizer.get(BADGES).text
    assert "turned over at the short edge" in page and "Print 2 pages" in page


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"wide": ""}, "Write a width from 54 to 210 mm."),
        ({"wide": "53"}, "Write a width from 54 to 210 mm."),
        ({"wide": "211"}, "Write a width from 54 to 210 mm."),
        ({"high": "39"}, "Write a height from 40 to 297 mm."),
        ({"high": "298"}, "Write a height from 40 to 297 mm."),
        ({"high": "ten"}, "Write a height from 40 to 297 mm."),
        ({"size": "a0"}, "Not a valid choice"),
        ({"parts": ["nose"]}, "nose"),
        ({"sides": "three"}, "Not a valid choice"),
    ],
)
def test_bad_input_has_its_sentence_and_changes_nothing(
    organizer: PageClient, meeting: MeetingRow, press: Category, wrong: dict[str, object], sentence: str
) -> None:
    answer = organizer.post(f"{BADGES}/layouts/PRESS", data={**SOUND, **wrong})

    assert answer.status_code == 422
    assert sentence in answer.text
    assert f'value="{ {**SOUND, **wrong}["high"] }"' in answer.text, "what was typed stands there"
    db.session.expire_all()
    assert press.badge_layout == {}


def test_one_may_look_before_saving(organizer: PageClient, meeting: MeetingRow, press: Category) -> None:
    make.registration(meeting, category=press, badge_name="Grace Hopper")
    answer = organizer.post(f"{BADGES}/layouts/PRESS", data={**SOUND, "look": "y"})
    assert answer.status_code == 200
    assert "as it is printed: 100 × 70 mm" in answer.text and 'alt="Front of the badge of Grace Hopper"' in answer.text
    assert [answer.text.count(words) for words in ("data:image/png", "Sample</span>")] == [4, 3]
    assert "Arabic" in answer.text and "Cyrillic" in answer.text
    db.session.expire_all()
    assert press.badge_layout == {}


def test_a_layout_saved_meanwhile_is_shown_beside_what_was_typed(
    organizer: PageClient, meeting: MeetingRow, press: Category
) -> None:
    mark = seen(organizer.get(f"{BADGES}/layouts/PRESS").text)
    with transaction():
        keep_layout(meeting, press, Design(Size.A7), by=None, at=make.TODAY)

    answer = organizer.post(f"{BADGES}/layouts/PRESS", data={**SOUND, "seen": mark})

    assert answer.status_code == 409
    alert = answer.text[answer.text.index('role="alert"') : answer.text.index("</dl>")]
    assert "meanwhile" in alert and "A7" in alert
    db.session.expire_all()
    assert Design.of(press.badge_layout).size == Size.A7
    again = organizer.post(f"{BADGES}/layouts/PRESS", data={**SOUND, "seen": seen(answer.text)})
    assert again.status_code == 303


def test_many_are_printed_by_layout_and_the_page_says_so(
    organizer: PageClient, meeting: MeetingRow, press: Category
) -> None:
    state = make.category(meeting, code="MEM", name="Member", protocol_order=1)
    guest = make.category(meeting, code="GUEST", name="Guest", protocol_order=10)
    for number, category in enumerate((press, state, guest, press, state), start=1):
        make.registration(meeting, number=number, category=category)
    with transaction():
        keep_layout(meeting, press, Design(Size.A6, ("code",)), by=None, at=make.TODAY)
        keep_layout(meeting, None, Design(Size.CARD), by=None, at=make.TODAY)

    page = " ".join(organizer.get(BADGES).text.split())
    assert "The pages of this file have 2 sizes." in page
    assert page.index("90 × 55 mm</b>: 3 badges, 3 pages · Member, Guest") < page.index(
        "A6</b>: 2 badges, 2 pages · Press"
    )
    assert "Print 5 pages" in page
    answer = organizer.post(f"{BADGES}.pdf", data={"size": ""})

    assert sides(answer.data) == [(900, 550)] * 3 + [(1050, 1480)] * 2
    assert [re.findall(r"R-(\d{4})", words)[0] for words in texts(answer.data)] == [
        "0002",
        "0005",
        "0003",
        "0001",
        "0004",
    ]


def test_one_category_is_printed_by_its_layout_alone(
    organizer: PageClient, meeting: MeetingRow, press: Category
) -> None:
    make.registration(meeting, category=press)
    make.registration(meeting)
    with transaction():
        keep_layout(meeting, press, Design(Size.LABEL), by=None, at=make.TODAY)
    page = organizer.get(f"{BADGES}?category=PRESS").text
    assert "have 2 sizes" not in page and "Label of 62 × 88 mm, from a roll" in page
    assert sides(organizer.post(f"{BADGES}.pdf", data={"category": "PRESS"}).data) == [(620, 880)]


def test_the_languages_of_a_badge_are_those_ticked_at_registration(organizer: PageClient, meeting: MeetingRow) -> None:
    make.registration(meeting, languages=["fr", "ar"])
    with transaction():
        keep_layout(meeting, None, Design(Size.A6, tuple(PARTS)), by=None, at=make.TODAY)
    assert "French · Arabic" in organizer.get(BADGES).text
    assert "French · Arabic" in texts(organizer.post(f"{BADGES}.pdf").data)[0]


@pytest.mark.parametrize("role", [STEWARD, None])
def test_only_organizers_change_layouts(
    client: PageClient, meeting: MeetingRow, press: Category, role: str | None
) -> None:
    client.sign_in(make.staff(meeting, role) if role else make.staff(make.meeting(), ORGANIZER))
    for path in ("layouts", "layout", "layouts/PRESS"):
        assert client.get(f"{BADGES}/{path}").status_code == 404
    for path in ("layout", "layouts/PRESS", "layouts/PRESS/removal"):
        assert client.post(f"{BADGES}/{path}", data=SOUND).status_code == 404
    db.session.expire_all()
    assert press.badge_layout == {}


def test_a_category_of_another_meeting_has_no_page_here(organizer: PageClient, meeting: MeetingRow) -> None:
    make.category(make.meeting(), code="ELSE")
    assert organizer.get(f"{BADGES}/layouts/ELSE").status_code == 404
    assert organizer.post(f"{BADGES}/layouts/ELSE", data=SOUND).status_code == 404
