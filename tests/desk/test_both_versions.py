"""Two organizers at one form: the second is refused, reads what stands now beside what they typed, and may go on."""

import re
from datetime import timedelta
from typing import Any

import html5lib
import pytest

from eventapp.agenda.models import SpeakingRole
from eventapp.announcements.actions import Content, announce
from eventapp.announcements.models import Announcement
from eventapp.checkin.models import Gate
from eventapp.ground.clock import now
from eventapp.ground.db import db, transaction
from eventapp.information.models import InformationPage
from eventapp.meetings.chapters.content import OwnChapter, as_records
from eventapp.meetings.models import Body, Meeting
from eventapp.meetings.themes.content import ThemeSet, as_record
from eventapp.registration.tags.models import Tag
from eventapp.registration.zones.models import Zone
from tests import make, make_messages, make_questions
from tests.browserless import PageClient

SETTINGS = "/meetings/spring/manage/settings"
LONG = "word " * 20_000  # 100,000 characters


@pytest.fixture
def meeting(client: PageClient) -> Meeting:
    """A meeting with one of each, whose organizer is signed in."""
    meeting = make.meeting(slug="spring", languages=["en", "fr"])
    make.document(meeting, symbol="L.1", title="Agenda")
    make.room(meeting, code="CR4", name="Room 4", seats=40, where="First floor")
    make.category(meeting, code="MEM", name="Members")
    make.role(make.session(meeting, code="S1"), name="Ada Byron")
    make.kept(Gate(meeting_id=meeting.id, code="main", name="Main door"))
    make.kept(Body(meeting_id=meeting.id, code="IWG", name="Working group"))
    texts = {"en": {"title": "Hotels", "text": "Beds."}}
    make.kept(InformationPage(meeting_id=meeting.id, slug="hotels", texts=texts, position=1))
    client.sign_in(make.staff(meeting, "organizer"))
    return meeting


def fields_of(page: str, button_says: str = "Save") -> dict[str, str]:
    """What a browser would send from the form of a page that saves."""
    forms = html5lib.parse(page, namespaceHTMLElements=False).iter("form")
    form = next(
        one for one in forms if any((button.text or "").strip() == button_says for button in one.iter("button"))
    )
    fields: dict[Any, str] = {one.get("name"): one.text or "" for one in form.iter("textarea")}
    for one in form.iter("input"):
        if one.get("type") not in ("radio", "checkbox") or one.get("checked") is not None:
            fields[one.get("name")] = one.get("value", "")
    for one in form.iter("select"):
        fields |= {
            one.get("name"): each.get("value") or "" for each in one.iter("option") if each.get("selected") is not None
        }
    return {name: value for name, value in fields.items() if name}


CASES = [
    ("documents/{document}", "title"),
    ("rooms/CR4", "name"),
    ("bodies/IWG", "name"),
    ("information/{page}", "title_en"),
    ("meeting", "short_title"),
    ("texts/fr/rooms", "name_{room}"),
    ("categories/MEM", "name"),
    ("masthead", "session_name"),
    ("masthead/IWG", "agenda_item"),
    ("/meetings/spring/manage/agenda/sessions/S1", "title"),
    ("kinds/trends", "name"),
    ("/meetings/spring/manage/gates/main", "name"),
    ("/meetings/spring/manage/wordings/approved/en", "subject"),
    ("consents/en", "lists_name"),
    ("/meetings/spring/manage/agenda/sessions/S1/roles/{role}", "role-organization"),
]
TEXTS = [*CASES, ("information/{page}", "text_en"), ("meeting", "mandate")]


def place(meeting: Meeting, path: str, name: str) -> tuple[str, str]:
    """The address and the field of this case, with the numbers of the rows."""
    numbers = {
        "document": meeting.documents[0].id,
        "page": db.session.query(InformationPage).one().id,
        "room": meeting.rooms[0].id,
        "role": db.session.query(SpeakingRole).one().id,
    }
    there = path if path.startswith("/") else f"{SETTINGS}/{path}"
    return there.format(**numbers), name.format(**numbers)


@pytest.mark.parametrize(("path", "name"), CASES)
def test_what_was_saved_meanwhile_stands_beside_what_was_typed(
    client: PageClient, meeting: Meeting, path: str, name: str
) -> None:
    page, field = place(meeting, path, name)
    both: list[dict[str, Any]] = [
        fields_of(client.get(page).text) | {field: words} for words in ("First one", "Second one")
    ]
    first = client.post(page, data=both[0])
    assert first.status_code == 303, re.findall('<p class="error.*?</p>', first.text)
    answer = client.post(page, data=both[1])
    assert answer.status_code == 409
    alert = answer.text[answer.text.index('role="alert"') : answer.text.index("</dl>")]
    assert "meanwhile" in alert and "First one" in alert and f'href="#{field}"' in alert
    assert fields_of(answer.text)[field] == "Second one"
    assert "First one" in client.get(page).text  # nothing was written over

    assert client.post(page, data=fields_of(answer.text)).status_code == 303
    assert "Second one" in client.get(page).text


@pytest.mark.parametrize(("path", "name"), TEXTS)
def test_a_text_of_100000_characters_is_refused_beside_its_field_and_stays(
    client: PageClient, meeting: Meeting, path: str, name: str
) -> None:
    page, field = place(meeting, path, name)
    answer = client.post(page, data=fields_of(client.get(page).text) | {field: LONG})
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert len(fields_of(answer.text)[field].strip()) == len(LONG.strip())


JUNE, JULY = "2016-06-01 09:00", "2016-07-01 09:00"


@pytest.mark.parametrize(
    ("page", "to", "button", "first", "second", "shown"),
    [
        (
            "delegations/settings",
            "delegations/settings",
            "Save",
            {"nominations_close_at": JUNE},
            {"nominations_close_at": JULY},
            JUNE,
        ),
        (
            "inputs",
            "inputs/call",
            "Keep the dates",
            {"opens_at": "2016-05-01 09:00", "closes_at": JUNE},
            {"opens_at": "2016-05-01 09:00", "closes_at": JULY},
            JUNE,
        ),
        ("photographs/standard", "photographs/standard", "Save", {"least_width": "300"}, {"least_width": "400"}, "300"),
        ("papers/invitation/en", "papers/invitation/en", "Save", {"text": "First"}, {"text": "Second"}, "First"),
        ("settings/tags", "settings/tags/{tag}", "Save", {"name": "First"}, {"name": "Second"}, "First"),
        (
            "list-of-participants",
            "list-of-participants/choice",
            "Save",
            {"audience": "participants", "left_out": "MEM"},
            {"audience": "public"},
            "Members",
        ),
        (
            "waiting-list",
            "waiting-list",
            "Save",
            {"way": "by-offer", "hours": "12"},
            {"way": "by-offer", "hours": "24"},
            "12",
        ),
        (
            "settings/themes/set1",
            "settings/themes/set1",
            "Save the name",
            {"name": "First"},
            {"name": "Second"},
            "First",
        ),
        ("settings/zones/A", "settings/zones/A", "Save", {"name": "First"}, {"name": "Second"}, "First"),
        ("settings/chapters/sea", "settings/chapters/sea", "Save", {"title": "First"}, {"title": "Second"}, "First"),
        (
            "settings/questions/q1",
            "settings/questions/q1",
            "Save the question",
            {"choices-0-text_en": "First", "choices-0-places": "9"},
            {"label_en": "Second"},
            "9 · First",
        ),
        ("agenda/sessions/S1/sign-up", "agenda/sessions/S1/sign-up", "Save", {"places": "5"}, {"places": "9"}, "5"),
        (
            "delegations/{delegation}",
            "delegations/{delegation}/places",
            "Save",
            {"places": "5"},
            {"places": "9"},
            "5",
        ),
        (
            "announcements/{announcement}",
            "announcements/{announcement}",
            "Save",
            {"text_en": "First"},
            {"text_en": "Second"},
            "First",
        ),
        (
            "messages/{message}",
            "messages/{message}",
            "Save the draft",
            {"subject_en": "First"},
            {"subject_en": "Second"},
            "First",
        ),
    ],
)
def test_a_setting_that_was_changed_meanwhile_stands_beside_what_was_typed(
    client: PageClient,
    meeting: Meeting,
    page: str,
    to: str,
    button: str,
    first: dict[str, str],
    second: dict[str, str],
    shown: str,
) -> None:
    make_questions.question(meeting, kind="choice", choices=["Harbour", "Museum"])
    numbers = {"message": make_messages.draft(meeting).id, "announcement": announcement(meeting).id}
    numbers |= {"delegation": make.delegation(meeting).id}
    numbers |= {"tag": make.kept(Tag(meeting_id=meeting.id, name="Guest", folded_name="guest", colour="blue")).id}
    make.kept(Zone(meeting_id=meeting.id, code="A", name="Hall"))
    with transaction():
        meeting.chapters = as_records([OwnChapter("sea", "The sea")])
        meeting.themes = as_record([ThemeSet("set1", "Skills")])
    page, to = (f"/meetings/spring/manage/{one}".format(**numbers) for one in (page, to))
    opened = fields_of(client.get(page).text, button)
    saved = client.post(to, data=opened | first)
    assert saved.status_code == 303, re.findall('<p class="error.*?</p>', saved.text)
    answer = client.post(to, data=opened | second)
    assert answer.status_code == 409
    alert = answer.text[answer.text.index('role="alert"') : answer.text.index("</dl>")]
    assert "meanwhile" in alert and shown in alert
    again = fields_of(answer.text, button)
    assert again.items() >= second.items()  # nothing that was typed is lost
    assert fields_of(client.get(page).text, button).items() >= first.items()

    assert client.post(to, data=again).status_code == 303
    assert fields_of(client.get(page).text, button).items() >= second.items()


def announcement(meeting: Meeting) -> Announcement:
    """One that everybody reads for the next hour."""
    words = Content({"en": {"text": "Room 4."}}, now(), now() + timedelta(hours=1))
    with transaction():
        return announce(meeting, words, by=None, at=now())


def test_a_list_that_was_changed_meanwhile_is_not_put_in_order_by_an_older_page(
    client: PageClient, meeting: Meeting
) -> None:
    page = f"{SETTINGS}/languages"
    seen = re.findall('name="seen" value="([^"]+)"', client.get(page).text)[0]
    assert client.post(f"{page}/fr/removal", data={"seen": seen}).status_code == 303
    for act in ("fr/removal", "fr/place", "en/place"):
        answer = client.post(f"{page}/{act}", data={"seen": seen, "act": "down"})
        assert answer.status_code == 409
        assert "Somebody changed this list meanwhile." in answer.text
    assert meeting.languages == ["en"]
