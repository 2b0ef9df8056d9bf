"""Tags and notes that organizers put on registrations for themselves."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from eventapp.ground.db import db, transaction
from eventapp.history.models import Entry
from eventapp.meetings.colours import is_readable
from eventapp.meetings.models import Meeting
from eventapp.messages.audience import audience_from, recipients
from eventapp.registration.entry import own_token
from eventapp.registration.models import Registration
from eventapp.registration.tags import manage as tagging
from eventapp.registration.tags.colours import COLOURS, INK
from eventapp.registration.tags.models import OrganizerNote, Tag, Tagging
from eventapp.registration.tags.queries import tags_on, uses_of
from eventapp.registration.uploads.retention import forget_old
from tests import make
from tests.browserless import PageClient
from tests.make import TODAY
from tests.make_registration import confirmed

LIST = "/meetings/spring/manage/registrations"
SETTINGS = "/meetings/spring/manage/settings/tags"


@pytest.fixture
def meeting() -> Meeting:
    return make.meeting(slug="spring")


@pytest.fixture
def organizer(client: PageClient, meeting: Meeting) -> PageClient:
    client.sign_in(make.staff(meeting, "organizer"))
    return client


def tagged(client: PageClient, *people: Registration, do: str = "put", **more: Any) -> TestResponse:
    return client.post(f"{LIST}/tags", data={"pick": [one.reference for one in people], "do": do, **more})


def names_on(one: Registration) -> list[str]:
    return [tag.name for tag in tags_on([one.id]).get(one.id, [])]


def tag_of(meeting: Meeting, name: str = "VIP", colour: str = "blue") -> Tag:
    tag: Tag = make.kept(Tag(meeting_id=meeting.id, name=name, folded_name=name.casefold(), colour=colour))
    return tag


def test_the_words_on_every_colour_can_be_read() -> None:
    assert [code for code, one in COLOURS.items() if not is_readable(INK, one.ground)] == []


def test_people_are_tagged_from_the_list_with_a_tag_made_on_the_way(organizer: PageClient, meeting: Meeting) -> None:
    known, first, second = tag_of(meeting, "Speaker"), confirmed(meeting), confirmed(meeting)

    asks = tagged(organizer, first, second, do="")
    assert (asks.status_code, "Tags of 2 registrations" in asks.text, "Speaker" in asks.text) == (200, True, True)
    done = tagged(organizer, first, second, tags=[known.id], name="VIP", colour="red")

    assert done.status_code == 303
    assert names_on(first) == names_on(second) == ["Speaker", "VIP"]
    page = organizer.get(f"{LIST}?state=everyone").text
    assert "Tags put on 2 registrations." in page
    assert page.count('<span class="tag-chip red"><bdi>VIP</bdi></span>') == 2
    tagged(organizer, first, name="vip", colour="green")
    assert (names_on(first), len(db.session.scalars(select(Tag)).all())) == (["Speaker", "VIP"], 2)


def test_tags_come_off(organizer: PageClient, meeting: Meeting) -> None:
    tag, first, second = tag_of(meeting), confirmed(meeting), confirmed(meeting)
    tagged(organizer, first, tags=[tag.id])

    tagged(organizer, first, second, do="off", tags=[tag.id])

    assert (names_on(first), names_on(second)) == ([], [])
    assert "Tags taken off 1 registration." in organizer.get(LIST).text
    verbs = list(db.session.scalars(select(Entry.verb).where(Entry.verb.contains("tag")).order_by(Entry.id)))
    assert verbs == ["put a tag on", "took a tag off"]


@pytest.mark.parametrize("wrong", [{}, {"tags": ["999"]}, {"tags": ["x"]}, {"name": "x" * 61}, {"name": "a\x00b"}])
def test_what_makes_no_tag_changes_nothing(organizer: PageClient, meeting: Meeting, wrong: dict[str, Any]) -> None:
    one = confirmed(meeting)

    assert tagged(organizer, one, **wrong).status_code == 422
    assert (names_on(one), db.session.scalars(select(Tag)).all()) == ([], [])


def test_nobody_ticked_is_said(organizer: PageClient) -> None:
    assert tagged(organizer).status_code == 303
    assert "Nobody was ticked." in organizer.get(LIST).text


def test_the_tag_of_another_meeting_is_none(organizer: PageClient, meeting: Meeting) -> None:
    other = tag_of(make.meeting(slug="autumn"))
    one = confirmed(meeting)

    assert tagged(organizer, one, tags=[other.id]).status_code == 422
    assert organizer.post(f"{SETTINGS}/{other.id}", data={"name": "Taken", "colour": "red"}).status_code == 404
    assert organizer.post(f"{SETTINGS}/{other.id}/removal").status_code == 404
    assert names_on(one) == []


def test_the_list_and_a_message_are_chosen_by_tag(organizer: PageClient, meeting: Meeting) -> None:
    tag, first, _second = tag_of(meeting), confirmed(meeting, record_name="Ada"), confirmed(meeting, record_name="Bo")
    tagged(organizer, first, tags=[tag.id])

    page = organizer.get(f"{LIST}?state=everyone&tag={tag.id}").text
    assert (
        "Select Ada" in page,
        "Select Bo" in page,
        f"messages/new?state=everyone&tag={tag.id}" in page.replace("&amp;", "&"),
    ) == (True, False, True)
    found = db.session.scalars(recipients(meeting, audience_from({"tag": str(tag.id)}))).all()
    assert [one.record_name for one in found] == ["Ada"]
    form = organizer.get(f"/meetings/spring/manage/messages/new?tag={tag.id}").text
    assert f'<option selected value="{tag.id}">VIP</option>' in form


def test_the_settings_make_change_and_take_away(organizer: PageClient, meeting: Meeting) -> None:
    organizer.post(SETTINGS, data={"name": "VIP", "colour": "blue"})
    tag, one = db.session.scalars(select(Tag)).one(), confirmed(meeting)
    number = tag.id
    tagged(organizer, one, tags=[number])

    twice = organizer.post(SETTINGS, data={"name": "vip", "colour": "red"})
    assert (twice.status_code, "There is a tag “VIP” already." in twice.text) == (409, True)
    nothing = organizer.post(f"{SETTINGS}/{number}", data={"name": "", "colour": "red"})
    assert (nothing.status_code, "Write the name of the tag." in nothing.text) == (422, True)
    organizer.post(f"{SETTINGS}/{number}", data={"name": "Head of State", "colour": "red"})
    assert (names_on(one), uses_of(meeting)) == (["Head of State"], {number: 1})
    assert "It is on 1 registration, and goes from there too." in organizer.get(SETTINGS).text
    assert organizer.post(f"{SETTINGS}/{number}/removal").status_code == 303
    assert (names_on(one), db.session.scalars(select(Tagging)).all()) == ([], [])


def test_a_note_stands_on_the_panel_with_who_and_when_and_nowhere_else(organizer: PageClient, meeting: Meeting) -> None:
    one = confirmed(meeting)
    organizer.post(f"{LIST}/{one.reference}/notes", data={"text": "To be met at the airport.", "state": "everyone"})
    note = db.session.scalars(select(OrganizerNote)).one()

    panel = organizer.get(f"{LIST}?state=everyone&open={one.reference}").text
    assert "To be met at the airport." in panel and "Organizer" in panel
    assert "airport" not in organizer.get(f"/registrations/{own_token(one)}").text
    assert "airport" not in str([entry.detail for entry in db.session.scalars(select(Entry))])
    empty = organizer.post(f"{LIST}/{one.reference}/notes", data={"text": "", "state": "everyone"})
    assert (empty.status_code, "Write the note." in empty.text) == (422, True)
    assert organizer.post(f"{LIST}/{confirmed(meeting).reference}/notes/{note.id}/removal").status_code == 404
    organizer.post(f"{LIST}/{one.reference}/notes/{note.id}/removal")
    assert db.session.scalars(select(OrganizerNote)).all() == []


def test_notes_go_with_what_is_private(organizer: PageClient, meeting: Meeting) -> None:
    one = confirmed(meeting)
    organizer.post(f"{LIST}/{one.reference}/notes", data={"text": "To be met at the airport."})

    with transaction():
        forget_old(at=TODAY.replace(year=TODAY.year + 2) + timedelta(days=31))

    assert db.session.scalars(select(OrganizerNote)).all() == []


def all_tagged(client: PageClient, do: str, look: dict[str, Any], **more: Any) -> TestResponse:
    return client.post(f"{LIST}/tags", data={"all": "y", "do": do, **look, **more})


def test_everybody_whom_the_list_asks_for_is_tagged_at_once(
    organizer: PageClient, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tagging, "AT_ONCE", 52)  # and the last one in a portion of its own
    category = make.category(meeting)
    people = [confirmed(meeting, category, record_name=f"Ada {number}") for number in range(53)]
    other = confirmed(meeting, category, record_name="Bo")
    tag, look = tag_of(meeting), {"state": "everyone", "q": "Ada"}
    tagged(organizer, people[0], tags=[tag.id])
    assert "Tags of all 53 registrations of this list" in organizer.get(LIST, query_string=look).text
    assert "of this list…" not in organizer.get(LIST, query_string={"state": "everyone", "q": "Bo"}).text

    asks = all_tagged(organizer, "", look)
    assert "53 registrations match the list as it is now." in asks.text and 'name="all" value="y"' in asks.text
    assert all_tagged(organizer, "put", look).status_code == 422
    assert all_tagged(organizer, "put", look, tags=[tag.id], name="Late", colour="red").status_code == 303
    assert "Tags put on 53 registrations." in organizer.get(LIST).text
    assert (names_on(people[0]), names_on(people[52]), names_on(other)) == (["Late", "VIP"], ["Late", "VIP"], [])
    lines = db.session.scalars(select(Entry).where(Entry.verb == "put a tag on all that match").order_by(Entry.id))
    assert [(entry.detail["name"], entry.detail["count"]) for entry in lines] == [
        ("Late", 52), ("VIP", 51), ("Late", 1), ("VIP", 1),
    ]  # fmt: skip

    by_tag = {"state": "everyone", "tag": str(tag.id)}
    late = db.session.scalars(select(Tag).where(Tag.name == "Late")).one()
    assert all_tagged(organizer, "off", by_tag, tags=[tag.id, late.id]).status_code == 303
    assert "Tags taken off 53 registrations." in organizer.get(LIST).text
    assert db.session.scalars(select(Tagging)).all() == []


def test_one_query_of_another_meeting_tags_nobody_here(organizer: PageClient, meeting: Meeting) -> None:
    elsewhere = confirmed(make.meeting(slug="autumn"))
    here, tag = confirmed(meeting), tag_of(meeting)
    all_tagged(organizer, "put", {"state": "everyone"}, tags=[tag.id])
    assert (names_on(here), names_on(elsewhere)) == (["VIP"], [])
