"""The zones of a meeting: in Settings, at its gates, and on badges."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.badges.printing.layouts import Size, with_parts
from eventapp.badges.printing.sheet import pdf
from eventapp.badges.queries import Choice, bearers, faces
from eventapp.checkin.admission import Admission
from eventapp.checkin.gates import rule_of, rules_in_words
from eventapp.checkin.models import Gate
from eventapp.desk.zones import manage
from eventapp.ground.db import db, transaction
from eventapp.history.models import Entry
from eventapp.meetings.models import Meeting
from eventapp.registration.tags.actions import make_tag, put_tags, remove_tag
from eventapp.registration.zones.models import Zone
from eventapp.registration.zones.queries import zone_at
from tests import make, make_checkin
from tests.badges.reading import codes, texts
from tests.browserless import PageClient, beside
from tests.counting import counted

PAGE = "/meetings/spring/manage/settings/zones"


@pytest.fixture
def meeting(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Meeting:
    monkeypatch.setattr(manage, "now", lambda: make.TODAY)
    return make.meeting(slug="spring", languages=["en", "fr"])


@pytest.fixture
def desk(client: PageClient, meeting: Meeting) -> PageClient:
    """The meeting's organizer, signed in."""
    return client.sign_in(make.staff(meeting, "organizer"))


def typed(meeting: Meeting, **facts: Any) -> dict[str, Any]:
    """The form of the plenary hall as somebody sends it."""
    category = next(iter(meeting.categories), None) or make.category(meeting)
    return {"code": "a", "name": "Plenary hall", "name_fr": "Salle plénière", "categories": [category.id], **facts}


def zone(meeting: Meeting, code: str = "A", **facts: Any) -> Zone:
    return make.kept(Zone(meeting_id=meeting.id, code=code, name=f"Zone {code}", **facts))


def gate_for(meeting: Meeting, one: Zone) -> Gate:
    gate = make_checkin.gate(meeting, "Main entrance")
    with transaction():
        gate.admission = Admission(zones=(one.id,)).as_record()
    return gate


def test_a_zone_is_added_in_two_languages_and_listed_with_who_may_enter(desk: PageClient, meeting: Meeting) -> None:
    assert "No zone yet" in desk.get(PAGE).text
    assert desk.post(PAGE, data=typed(meeting)).status_code == 303
    one = zone_at(meeting, "A")
    assert one is not None
    assert (one.name, one.texts) == ("Plenary hall", {"fr": {"name": "Salle plénière"}})
    assert meeting.categories[0].name in desk.get(PAGE).text
    assert "Salle plénière" in desk.get(PAGE, headers={"Accept-Language": "fr"}).text
    entry = db.session.scalar(select(Entry).where(Entry.verb == "added a zone"))
    assert entry is not None
    assert entry.detail["lets_in"] == [meeting.categories[0].name]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"code": ""}, "Write a code."),
        ({"code": "A B"}, "up to four letters or figures"),
        ({"code": "ก"}, "up to four letters or figures"),
        ({"name": ""}, "Write the name."),
        ({"name": "x" * 121}, "120"),
        ({"categories": ["999999"]}, "is not a valid choice"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(
    desk: PageClient, meeting: Meeting, wrong: dict[str, Any], says: str
) -> None:
    answer = desk.post(PAGE, data=typed(meeting, **wrong))
    assert answer.status_code == 422
    assert says in answer.text
    assert "Salle plénière" in answer.text
    assert zone_at(meeting, "A") is None


def test_a_code_that_is_taken_is_refused(desk: PageClient, meeting: Meeting) -> None:
    zone(meeting)
    answer = desk.post(PAGE, data=typed(meeting))
    assert answer.status_code == 409
    assert "There is a zone A already" in beside("code", answer.text)


def test_the_first_of_two_who_change_a_zone_wins_and_the_second_sees_both(desk: PageClient, meeting: Meeting) -> None:
    zone(meeting)
    page = desk.get(f"{PAGE}/A").text
    seen = page.split('name="seen"')[1].split('value="')[1].split('"')[0]
    for name, status in (("Hall", 303), ("Room", 409)):
        answer = desk.post(f"{PAGE}/A", data=typed(meeting, name=name, seen=seen))
        assert answer.status_code == status
    assert "Somebody changed this meanwhile" in answer.text
    assert "Hall" in answer.text
    db.session.expire_all()
    assert zone_at(meeting, "A").name == "Hall"  # type: ignore[union-attr]


def test_a_zone_that_a_gate_asks_for_is_not_removed(desk: PageClient, meeting: Meeting) -> None:
    one = zone(meeting)
    gate = gate_for(meeting, one)
    answer = desk.post(f"{PAGE}/A/removal")
    assert answer.status_code == 409
    assert "Main entrance" in answer.text
    with transaction():
        gate.closed_at = make.TODAY
    assert desk.post(f"{PAGE}/A/removal").status_code == 303
    assert zone_at(meeting, "A") is None
    assert desk.get(f"{PAGE}/A").status_code == 404


def test_a_gate_names_zones_by_its_form_and_tells_them(desk: PageClient, meeting: Meeting) -> None:
    one, gate = zone(meeting), make_checkin.gate(meeting, "Main entrance")
    page = f"/meetings/spring/manage/gates/{gate.code}"
    assert "A Zone A" in desk.get(page).text
    assert desk.post(page, data={"name": gate.name, "zones": [one.id]}).status_code == 303
    db.session.expire_all()
    assert Admission.of(gate.admission).zones == (one.id,)
    assert rules_in_words(meeting, [gate])[gate.id] == ["zone A (Zone A)"]
    assert "checked" in desk.get(page).text.split("A Zone A")[0].rsplit("<label", 1)[-1]
    gone = desk.post(page, data={"name": gate.name, "zones": [one.id + 1]})
    assert gone.status_code == 422
    db.session.expire_all()
    assert rule_of(gate.admission).is_for_some


def test_a_tag_that_goes_leaves_its_zones_and_the_gate_stays_shut(meeting: Meeting) -> None:
    organizer, one = make.staff(meeting, "organizer"), make.registration(meeting)
    with transaction():
        tag = make_tag(meeting, "Press", "blue", by=organizer, at=make.TODAY)
        put_tags([one], [tag], by=organizer, at=make.TODAY)
    gate = gate_for(meeting, zone(meeting, tags=[tag.id]))
    assert make_checkin.scanned(gate, one.reference).verdict == "welcome"
    with transaction():
        remove_tag(meeting, tag, by=organizer, at=make.TODAY)
    assert zone_at(meeting, "A").tags == []  # type: ignore[union-attr]
    assert make_checkin.scanned(gate, make.registration(meeting).reference).verdict == "refused"


@pytest.mark.parametrize("size", [Size.A6, Size.CARD, Size.LABEL])
def test_a_badge_shows_the_zones_of_its_bearer_or_leaves_them_out(meeting: Meeting, size: Size) -> None:
    one, other = make.registration(meeting), make.registration(meeting)
    zone(meeting, "A1", categories=[one.category_id])
    zone(meeting, "B2", categories=[one.category_id, other.category_id])
    zone(meeting, "C3")
    made = {face.reference: face for face in faces(meeting, bearers(meeting, Choice()))}
    assert [made[each.reference].zones for each in (one, other)] == [("A1", "B2"), ("B2",)]
    shown = pdf([made[one.reference]], size, title="Badges").pdf
    assert "A1" in texts(shown)[0]
    assert "B2" in texts(shown)[0]
    assert "C3" not in texts(shown)[0]
    assert codes(shown) == [made[one.reference].code]
    bare = pdf([with_parts(made[one.reference], ["roles"])], size, title="Badges").pdf
    assert "B2" not in texts(bare)[0]


def test_a_badge_with_twelve_zones_has_all_of_them_clear_of_the_code(meeting: Meeting) -> None:
    one = make.registration(meeting)
    for letter in "ABCDEFGHIJKL":
        zone(meeting, f"{letter}{letter}88", categories=[one.category_id])
    for size in (Size.A6, Size.ID_CARD, Size.LABEL):
        shown = pdf(faces(meeting, bearers(meeting, Choice())), size, title="Badges").pdf
        assert all(f"{letter}{letter}88" in texts(shown)[0] for letter in "ABCDEFGHIJKL")
        assert len(codes(shown)) == 1


def test_badges_ask_twice_for_the_zones_of_many(meeting: Meeting) -> None:
    category = make.category(meeting)
    zone(meeting, categories=[category.id])

    def queries() -> int:
        db.session.expire_all()
        with counted() as statements:
            faces(meeting, bearers(meeting, Choice()))
        return len(statements)

    make.registration(meeting, category=category)
    few = queries()
    for _each in range(5):
        make.registration(meeting, category=category)
    assert queries() == few
