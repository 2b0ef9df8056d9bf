"""Delegations with their places, zones, gates and photographs in a meeting file: brought to a meeting and written back."""

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.checkin.gates import rules_in_words
from eventapp.checkin.models import Gate
from eventapp.checkin.queries import gates_of
from eventapp.ground.db import db, transaction
from eventapp.meeting_file.queries import content_of
from eventapp.meeting_file.reader import read
from eventapp.meeting_file.writer import write
from eventapp.meetings.arriving.coming import Objected
from eventapp.registration.models import Delegation
from eventapp.registration.photographs.queries import checks_photographs, standard_of
from eventapp.registration.zones.queries import zones_of
from tests import make_checkin
from tests.meeting_file.test_actions import loaded, the_meeting
from tests.meeting_file.test_reader import SMALL, faults_in

ENTRANCES = """\
languages: [en, fr]
photo_shape: 3x4
photo_width: 300
photos_checked: yes
categories:
  - {code: MEM, name: Member State, stakeholder_type: government, represents: member, colour: "#123f7a",
     ink: "#ffffff", letter: M, shape: square, protocol_order: 1}
delegations:
  - name: Fiji
    country: FJI
    places: 5
    role_places:
      - {role: HOD, places: 1}
  - {name: Universal Postal Union}
zones:
  - code: A
    name: Plenary hall
    categories: [MEM]
    tags: [VIP]
    texts:
      - {language: fr, name: Salle plénière}
gates:
  - {name: Main entrance, opens: 08:00, shuts: 19:30, reads_out: yes}
  - name: Plenary
    session: S1
    categories: [MEM]
    zones: [A]
    tags: [VIP]
    delegations: [Universal Postal Union, Fiji]
    roles: yes
    self_check_in: yes
"""
WHOLE = SMALL + ENTRANCES


def test_a_file_makes_them_and_they_are_written_back(app: Flask) -> None:
    said = loaded(WHOLE)
    assert {"delegation Fiji: added", "places HOD of delegation Fiji: added", "zone A: added"} <= set(said)
    assert "gate Plenary: added" in said
    meeting = the_meeting()
    assert standard_of(meeting) == (3, 4, 300) and checks_photographs(meeting)
    main, plenary = gates_of(meeting)
    words = rules_in_words(meeting, [main, plenary])
    assert words[main.id] == ["08:00 to 19:30 (Asia/Bangkok, UTC+7)"] or len(words[main.id]) == 1
    assert words[plenary.id] == [
        "zone A (Plenary hall)",
        "Member State",
        "tag “VIP”",
        "Universal Postal Union",
        "Fiji",
        "who has a role in its session",
    ]
    assert (main.reads_out, main.self_check_in, plenary.reads_out, plenary.self_check_in) == (True, False, False, True)
    fiji = db.session.scalars(select(Delegation).where(Delegation.country == "FJI")).one()
    assert (fiji.is_state, fiji.places, fiji.role_places) == (True, 5, {"HOD": 1})
    assert zones_of(meeting)[0].texts == {"fr": {"name": "Salle plénière"}}
    assert content_of(meeting) == read(WHOLE)
    assert loaded(WHOLE, minutes=5) == [], "the same file changes nothing"


def test_what_is_dumped_makes_the_same_in_a_new_meeting(app: Flask) -> None:
    loaded(WHOLE)
    dumped = write(content_of(the_meeting()))
    loaded(dumped.replace("slug: spring-review", "slug: autumn-review"))
    other = write(content_of(the_meeting("autumn-review")))
    assert other.replace("slug: autumn-review", "slug: spring-review") == dumped
    assert write(read(dumped)) == dumped


def test_what_a_file_changes_and_leaves_out(app: Flask) -> None:
    loaded(WHOLE)
    changed = (
        WHOLE.replace("photo_width: 300\n", "")
        .replace("places: 5", "places: 6")
        .replace("shuts: 19:30", "shuts: 18:00")
        .replace("    zones: [A]\n", "")
        .replace("  - {name: Universal Postal Union}\n", "")
        .replace("delegations: [Universal Postal Union, Fiji]", "delegations: [Fiji]")
    )
    start, end = changed.index("zones:\n"), changed.index("gates:\n")
    assert loaded(changed[:start] + changed[end:], minutes=5) == [
        "meeting spring-review: photo_width: 300 → nothing",
        "delegation Fiji: places: 5 → 6",
        "delegation Universal Postal Union: ended",
        "zone A: ended",
        "gate Main entrance: shuts: 19:30 → 18:00",
        "gate Plenary: zones: 1 (A) → 0 ()",
        "gate Plenary: delegations: 2 (Universal Postal Union; Fiji) → 1 (Fiji)",
    ]
    meeting = the_meeting()
    assert zones_of(meeting) == []
    assert standard_of(meeting) == (3, 4, 210)
    assert db.session.scalar(select(Delegation.id).where(Delegation.name == "Universal Postal Union")) is not None
    loaded(SMALL, minutes=10)
    assert gates_of(meeting) == []
    assert len(db.session.scalars(select(Gate)).all()) == 2, "they are closed, and their readings stay"
    assert (standard_of(meeting), checks_photographs(meeting)) == ((35, 45, 210), False)
    assert db.session.scalars(select(Delegation.places).where(Delegation.country == "FJI")).all() == [None]


def test_a_gate_moves_to_another_session_as_a_new_one(app: Flask) -> None:
    loaded(WHOLE)
    loaded(WHOLE.replace("    session: S1\n", ""), minutes=5)
    assert [(one.name, one.session_id) for one in gates_of(the_meeting())] == [
        ("Main entrance", None),
        ("Plenary", None),
    ]
    assert loaded(WHOLE.replace("    session: S1\n", ""), minutes=6) == []


def test_a_gate_at_which_badges_were_read_stays_in_the_file(app: Flask) -> None:
    loaded(WHOLE)
    [main, _plenary] = gates_of(the_meeting())
    make_checkin.scanned(main, "nobody's code")
    with pytest.raises(Objected) as objected:
        loaded(WHOLE.replace("name: Main entrance", "name: Front door"), minutes=5)
    line = next(number for number, words in enumerate(WHOLE.splitlines(), 1) if words == "gates:")
    assert [place for place, _says in objected.value.found] == [line]
    assert "Badges were read at the gate Main entrance." in str(objected.value)
    assert [one.name for one in gates_of(the_meeting())] == ["Main entrance", "Plenary"]


def test_a_gate_that_asks_only_for_what_is_gone_is_not_told_of_and_not_touched(app: Flask) -> None:
    loaded(SMALL)
    meeting = the_meeting()
    gate = make_checkin.gate(meeting, "Nobody enters")
    with transaction():
        gate.admission = {"tags": [99]}
    assert content_of(meeting).gates == ()
    loaded(SMALL.replace("seats: 120", "seats: 90"), minutes=5)
    assert [one.name for one in gates_of(meeting)] == ["Nobody enters"]


@pytest.mark.parametrize(
    ("right", "wrong", "line", "says"),
    [
        ("photo_shape: 3x4", "photo_shape: 3by4", "photo_shape: 3by4", "Write it like 35x45"),
        ("photo_width: 300", "photo_width: 9", "photo_width: 9", "Write a whole number from 100 to 700"),
        ("name: Fiji\n", "name: Fidji\n", "  - name: Fidji", "The State FJI is called “Fiji” here."),
        ("role: HOD, places: 1", "role: KING, places: 1", "      - {role: KING, places: 1}", "Write one of"),
        ("country: FJI\n    ", "", "    role_places:", "is no State, and has no places by role"),
        ("  - {name: Universal", "  - {name: FIJI}\n  - {name: Universal", "  - {name: FIJI}", "is already on line"),
        ("  - code: A\n", "  - code: a-1\n", "  - code: a-1", "Write it like A"),
        (
            "    categories: [MEM]\n    tags",
            "    categories: [X]\n    tags",
            "    categories: [X]",
            "Zone “A” names “X”",
        ),
        ("opens: 08:00", "opens: 8 am", "opens: 8 am", "Write it like 08:30"),
        ("session: S1\n    cat", "session: S9\n    cat", "    session: S9", "Gate “Plenary” names “S9”"),
        ("    zones: [A]", "    zones: [B]", "    zones: [B]", "Gate “Plenary” names “B”"),
        ("Postal Union, Fiji]", "Postal Union, Tonga]", "Tonga]", "Gate “Plenary” names “Tonga”"),
        ("name: Plenary\n", "name: Main entrance\n", "  - name: Main entrance", "The gate “Main entrance” is already"),
        (
            "language: fr, name: Salle",
            "language: de, name: Salle",
            "language: de",
            "is no other language of the meeting",
        ),
    ],
)
def test_each_fault_is_at_its_line(right: str, wrong: str, line: str, says: str) -> None:
    assert right in WHOLE
    text = WHOLE.replace(right, wrong)
    found = [fault for fault in faults_in(text) if says in fault.says]
    assert found, faults_in(text)
    assert line in text.splitlines()[found[0].line - 1]
