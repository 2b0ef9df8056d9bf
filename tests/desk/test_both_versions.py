"""Two organizers at one form: the second is refused, reads what stands now beside what they typed, and may go on."""

import re
from typing import Any

import html5lib
import pytest

from eventapp.agenda.models import SpeakingRole
from eventapp.checkin.models import Gate
from eventapp.ground.db import db
from eventapp.information.models import InformationPage
from eventapp.meetings.models import Body, Meeting
from tests import make
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


@pytest.mark.parametrize(
    ("page", "to", "button", "field", "more"),
    [
        ("delegations/settings", "delegations/settings", "Save", "nominations_close_at", {}),
        ("inputs", "inputs/call", "Keep the dates", "closes_at", {"opens_at": "2016-05-01 09:00"}),
    ],
)
def test_a_deadline_that_was_set_meanwhile_stands_beside_the_one_typed(
    client: PageClient, meeting: Meeting, page: str, to: str, button: str, field: str, more: dict[str, str]
) -> None:
    base = "/meetings/spring/manage"
    opened = fields_of(client.get(f"{base}/{page}").text, button) | more
    assert client.post(f"{base}/{to}", data=opened | {field: "2016-06-01 09:00"}).status_code == 303
    answer = client.post(f"{base}/{to}", data=opened | {field: "2016-07-01 09:00"})
    assert answer.status_code == 409
    alert = answer.text[answer.text.index('role="alert"') : answer.text.index("</dl>")]
    assert "meanwhile" in alert and "2016-06-01 09:00" in alert
    again = fields_of(answer.text, button)
    assert again[field] == "2016-07-01 09:00"
    assert client.post(f"{base}/{to}", data=again).status_code == 303
    assert "2016-07-01 09:00" in client.get(f"{base}/{page}").text
