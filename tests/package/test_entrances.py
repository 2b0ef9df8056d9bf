"""Zones, gates, standard of photographs, layouts of badges, places by role: in an archive, and back; none in public."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.badges.printing.layouts import Design, Size
from eventapp.checkin.admission import Admission
from eventapp.checkin.gates import rules_in_words
from eventapp.checkin.models import Gate
from eventapp.checkin.queries import gates_of
from eventapp.ground.db import db, transaction
from eventapp.ground.refusal import Refused
from eventapp.meetings.models import Meeting
from eventapp.meetings.queries import meeting_at
from eventapp.package.actions import bring_in
from eventapp.package.export.meeting import filled
from eventapp.package.export.place import BadgeLayout, PhotoStandard, Zone
from eventapp.package.export.place import Gate as GateLeaving
from eventapp.package.manifest.content import ARCHIVE, PUBLIC
from eventapp.registration.models import Delegation, Registration
from eventapp.registration.photographs.actions import Asked, set_standard
from eventapp.registration.photographs.queries import standard_of
from eventapp.registration.tags.actions import make_tag
from eventapp.registration.zones.models import Zone as ZoneRow
from eventapp.registration.zones.queries import zones_of
from tests import make, make_checkin, make_package
from tests.make_package import package
from tests.package.test_attached import moved
from tests.package.test_importing import imported


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    """A meeting with gates of several rules, and a delegation with places by role."""
    meeting, by = make_package.held(languages=["en", "fr"]), make.administrator()
    [one] = db.session.scalars(select(Registration))
    hidden = make.delegation(meeting, "CanaryBureau")
    with transaction():
        tag = make_tag(meeting, "CanaryTag", "red", by=by, at=make.TODAY)
        set_standard(meeting, Asked(35, 45, 420, True), by=by, at=make.TODAY)
        db.session.get_one(Delegation, one.delegation_id).role_places = {"HOD": 1}
        meeting.badge_layout = Design(Size.OWN, ("code",), ("sessions",), 100, 70).as_record()
        meeting.categories[0].badge_layout = {"size": "a7", "parts": ["photo"]}  # as it was kept before
    members = {"categories": [one.category_id], "tags": [tag.id]}
    zone = make.kept(ZoneRow(meeting_id=meeting.id, code="A", name="Hall", texts={"fr": {"name": "Salle"}}, **members))
    gate(meeting, "Everybody", Admission())
    rule = Admission(zones=(zone.id,), delegations=(one.delegation_id,), categories=(one.category_id,), opens="08:30")
    gate(meeting, "Hall", rule, reads_out=True, self_check_in=True)
    gate(meeting, "Only a tag", Admission(tags=(tag.id,)))
    gate(meeting, "Only somebody unlisted", Admission(delegations=(hidden.id,)))
    gate(meeting, "Shut", Admission(), closed_at=make.TODAY)
    return meeting


def gate(meeting: Meeting, name: str, rule: Admission, **facts: Any) -> None:
    made = make_checkin.gate(meeting, name)
    with transaction():
        made.admission = rule.as_record()
        for fact, value in facts.items():
            setattr(made, fact, value)


def test_they_leave_with_an_archive_and_come_back(meeting: Meeting, tmp_path: Path) -> None:
    came = tmp_path / "came.zip"
    came.write_bytes(package(meeting, ARCHIVE))
    content = filled(meeting, ARCHIVE).package.meeting
    assert content.zones == (Zone("A", "Hall", ("GOV",), {"fr": {"name": "Salle"}}),)
    assert [one.name for one in content.gates] == ["Everybody", "Hall"], "no rule opens a gate by leaving"
    assert content.photographs == PhotoStandard(35, 45, 420, True)
    older = ("category", "photo", "delegation", "code")
    assert content.badges == (
        BadgeLayout("", "own", ("code",), True, ("sessions",), 100, 70),
        BadgeLayout("GOV", "a7", older),
    )
    moved(meeting)
    imported(came)
    db.session.expire_all()
    other = meeting_at("spring")
    assert other is not None
    gates = gates_of(other)
    words = rules_in_words(other, gates)
    assert words[gates[0].id] == [] and words[gates[1].id][0] == "zone A (Hall)" and len(words[gates[1].id]) == 4
    assert [(one.reads_out, one.self_check_in) for one in gates] == [(False, False), (True, True)]
    [zone] = zones_of(other)
    assert (zone.tags, zone.texts) == ([], {"fr": {"name": "Salle"}})
    assert standard_of(other) == (35, 45, 420)
    assert Design.of(other.badge_layout) == Design(Size.OWN, ("code",), ("sessions",), 100, 70)
    assert Design.of(other.categories[0].badge_layout) == Design(Size.A7, older)
    senders = db.session.scalars(select(Delegation).where(Delegation.meeting_id == other.id)).all()
    assert {"HOD": 1} in [one.role_places for one in senders]
    assert db.session.scalar(select(Gate.meeting_id).where(Gate.id == gates[1].id)) == other.id


def test_a_public_package_has_none_of_it(meeting: Meeting) -> None:
    content = filled(meeting, PUBLIC).package.meeting
    assert (content.zones, content.gates, content.photographs, content.badges) == ((), (), None, ())


@pytest.mark.parametrize(
    "wrong",
    [
        {"zones": (Zone("A B", "Hall"),)},
        {"zones": (Zone("A", "Hall", ("NOBODY",)),)},
        {"gates": (GateLeaving("Hall", zones=("Z",)),)},
        {"gates": (GateLeaving("Hall", delegations=("Nowhere",)),)},
        {"gates": (GateLeaving("Hall", session="S99"),)},
        {"gates": (GateLeaving("Hall", opens="25:00"),)},
        {"gates": (GateLeaving("Hall"), GateLeaving("Hall"))},
        {"photographs": PhotoStandard(0, 45, 420, True)},
        {"badges": (BadgeLayout("NOBODY", "a6", ("code",)),)},
        {"badges": (BadgeLayout("", "a6", ("code", "q77")),)},
        {"badges": (BadgeLayout("", "a0", ("code",)),)},
        {"badges": (BadgeLayout("", "a6", ("nose",)),)},
        {"badges": (BadgeLayout("", "own", ("code",), wide=5, high=5),)},
        {"badges": (BadgeLayout("", "a6", ("code",)), BadgeLayout("", "a7", ("code",)))},
    ],
    ids=lambda wrong: str(wrong)[:40],
)
def test_what_makes_no_sense_is_refused(meeting: Meeting, wrong: dict[str, Any]) -> None:
    whole = filled(meeting, ARCHIVE).package
    bad = replace(whole, meeting=replace(whole.meeting, **{"zones": (), "gates": (), **wrong}))
    moved(meeting)
    with pytest.raises(Refused, match="makes no sense"), transaction():
        bring_in(bad, contact="a@example.org", by=None, at=make.TODAY)
