"""Zones, gates, the standard of photographs and layouts of badges come along with a copy, and no rule opens a gate by it."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from eventapp.badges.printing.layouts import Design, Size
from eventapp.checkin.admission import Admission
from eventapp.checkin.gates import rules_in_words
from eventapp.checkin.models import Gate
from eventapp.checkin.queries import gates_of
from eventapp.desk.starting import manage
from eventapp.ground.db import transaction
from eventapp.meetings.models import Meeting
from eventapp.meetings.queries import meeting_at
from eventapp.registration.photographs.actions import Asked, set_standard
from eventapp.registration.photographs.queries import checks_photographs, standard_of
from eventapp.registration.tags.actions import make_tag
from eventapp.registration.tags.queries import tags_of
from eventapp.registration.zones.models import Zone
from eventapp.registration.zones.queries import zones_of
from tests import make, make_checkin
from tests.browserless import PageClient
from tests.desk.test_starting import COPY, SAID, SLUG


@pytest.fixture
def admin(app: Flask, client: PageClient, monkeypatch: pytest.MonkeyPatch) -> PageClient:
    """An administrator, signed in."""
    monkeypatch.setattr(manage, "now", lambda: make.TODAY + timedelta(seconds=17))
    return client.sign_in(make.administrator())


@pytest.fixture
def source(app: Flask) -> Meeting:
    """A meeting with gates of many rules."""
    meeting, by = make.meeting(slug="spring", languages=["en", "fr"]), make.administrator()
    member, press = make.category(meeting, code="MEM"), make.category(meeting, code="PRESS")
    sender = make.delegation(meeting, "Thailand")
    with transaction():
        tag = make_tag(meeting, "VIP", "red", by=by, at=make.TODAY)
        make_tag(meeting, "To call", "blue", by=by, at=make.TODAY)
        set_standard(meeting, Asked(35, 45, 420, True), by=by, at=make.TODAY)
    members = {"categories": [member.id], "tags": [tag.id]}
    zone = make.kept(Zone(meeting_id=meeting.id, code="A", name="Hall", texts={"fr": {"name": "Salle"}}, **members))
    closed = make.session(meeting, code="S1", rule="closed")
    gate(meeting, "Everybody", Admission())
    gate(meeting, "Members", Admission(categories=(member.id,), opens="08:30"), reads_out=True, self_check_in=True)
    gate(meeting, "Hall", Admission(zones=(zone.id,), tags=(tag.id,)))
    gate(meeting, "One delegation", Admission(delegations=(sender.id,)))
    gate(meeting, "Press", Admission(categories=(press.id,)))
    gate(meeting, "Closed", Admission(parts=True), closed)
    return meeting


def gate(meeting: Meeting, name: str, rule: Admission, session: Any = None, **ways: bool) -> Gate:
    made = make_checkin.gate(meeting, name, session)
    with transaction():
        made.admission = rule.as_record()
        for way, value in ways.items():
            setattr(made, way, value)
    return made


def copy(admin: PageClient, *parts: str) -> Meeting:
    answer = admin.post(f"{COPY}?of=spring", data={**SAID, "parts": list(parts)})
    assert answer.status_code == 303, answer.text
    meeting = meeting_at(SLUG)
    assert meeting is not None
    return meeting


def rules(meeting: Meeting) -> dict[str, list[str]]:
    gates = gates_of(meeting)
    words = rules_in_words(meeting, gates)
    return {one.name: words[one.id] for one in gates}


def test_they_come_along_and_ask_for_what_the_copy_has(admin: PageClient, source: Meeting) -> None:
    assert 'value="entrances" checked' in admin.get(f"{COPY}?of=spring").text
    meeting = copy(admin, "categories", "sessions", "entrances", "photographs")
    [zone] = zones_of(meeting)
    member = next(one for one in meeting.categories if one.code == "MEM")
    assert (zone.code, zone.categories, zone.texts) == ("A", [member.id], {"fr": {"name": "Salle"}})
    assert [one.name for one in tags_of(meeting)] == ["VIP"] and zone.tags == [tags_of(meeting)[0].id]
    found = rules(meeting)
    assert found["Everybody"] == []
    assert found["Members"][0] == member.name and "08:30" in found["Members"][1]
    assert found["Hall"] == ["zone A (Hall)", "tag “VIP”"]
    assert "One delegation" not in found, "without its delegation it would let in everybody"
    assert found["Closed"] == ["who has a role in its session"]
    assert [(one.reads_out, one.self_check_in) for one in gates_of(meeting) if one.name == "Members"] == [(True, True)]
    assert standard_of(meeting) == (35, 45, 420) and checks_photographs(meeting)
    assert len(gates_of(source)) == 6


def test_a_gate_of_which_no_group_is_left_stays_behind(admin: PageClient, source: Meeting) -> None:
    meeting = copy(admin, "entrances")
    assert rules(meeting) == {"Everybody": [], "Hall": ["zone A (Hall)", "tag “VIP”"]}
    assert [zone.categories for zone in zones_of(meeting)] == [[]]


def test_without_being_asked_for_nothing_comes(admin: PageClient, source: Meeting) -> None:
    meeting = copy(admin, "categories")
    assert (gates_of(meeting), zones_of(meeting), tags_of(meeting)) == ([], [], [])
    assert not checks_photographs(meeting)


def test_layouts_of_badges_come_along_for_the_categories_that_are_there(admin: PageClient, source: Meeting) -> None:
    for thing, size in ((source, Size.CARD), (source.categories[0], Size.A7)):
        with transaction():
            thing.badge_layout = Design(size, ("code",), ("zones",)).as_record()
    code = source.categories[0].code

    meeting = copy(admin, "categories", "badges")

    assert Design.of(meeting.badge_layout) == Design(Size.CARD, ("code",), ("zones",))
    layouts = {one.code: one.badge_layout for one in meeting.categories}
    assert Design.of(layouts.pop(code)).size == Size.A7
    assert set(map(str, layouts.values())) == {"{}"}
