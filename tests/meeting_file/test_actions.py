from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from config import ROOT
from eventapp.agenda.models import Session, SpeakingRole
from eventapp.ground.db import db, transaction
from eventapp.ground.refusal import Refused
from eventapp.history.models import Entry
from eventapp.mail.models import Letter
from eventapp.meeting_file.actions import load
from eventapp.meeting_file.changes import Change
from eventapp.meeting_file.queries import content_of, sessions_by_code
from eventapp.meeting_file.reader import Faulty, read
from eventapp.meeting_file.writer import write
from eventapp.meetings.models import Meeting, Staff
from eventapp.meetings.queries import meeting_at
from eventapp.my_agenda.models import SIGNED, SignUp
from eventapp.record.notes.models import Note
from eventapp.registration.offers.models import WaitingRules
from eventapp.registration.offers.queries import goes_by_protocol, hours_to_answer
from tests import make
from tests.meeting_file.test_reader import SMALL

STAFFED = (
    SMALL
    + """\
    roles:
      - {role: speaker, name: Ada Byron, email: ada@example.org}
      - {role: moderator, name: Grace Hopper}
staff:
  - {email: olga@example.org, name: Olga, role: organizer}
categories:
  - {code: MEM, name: Member State, stakeholder_type: government, represents: member, capacity: 5, colour: "#123f7a",
     ink: "#ffffff", letter: M, shape: square, protocol_order: 1}
bodies:
  - {code: IWG, name: Working group}
documents:
  - {symbol: L.1, title: Provisional agenda}
"""
)
BANGKOK = (ROOT / "meetings" / "bangkok-2016.yaml").read_text(encoding="utf-8")


def loaded(text: str, *, minutes: int = 0) -> list[str]:
    with transaction():
        return [str(change) for change in load(read(text), by=None, at=make.TODAY + timedelta(minutes=minutes))]


def the_meeting(slug: str = "spring-review") -> Meeting:
    meeting = meeting_at(slug)
    assert meeting is not None
    return meeting


def count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_a_file_makes_a_meeting_nobody_sees_yet_and_writes_to_nobody(app: Flask) -> None:
    assert loaded(STAFFED) == [
        "meeting spring-review: added",
        "body IWG: added",
        "room CR4: added",
        "category MEM: added",
        "document L.1: added",
        "staff olga@example.org, organizer: added",
        "session S1: added",
        "role speaker, Ada Byron of session S1: added",
        "role moderator, Grace Hopper of session S1: added",
    ]
    assert not the_meeting().is_published
    assert count(Letter) == 0
    assert content_of(the_meeting()) == read(STAFFED)


def test_loading_twice_changes_nothing(app: Flask) -> None:
    loaded(STAFFED)
    lines = count(Entry)

    assert loaded(STAFFED, minutes=5) == []
    assert count(Entry) == lines


def test_the_bangkok_meeting_loads_and_what_is_dumped_changes_nothing(app: Flask) -> None:
    loaded(BANGKOK)
    dumped = write(content_of(the_meeting("wsis-bangkok-2016")))

    assert loaded(dumped) == []
    assert loaded(BANGKOK) == []
    assert count(Session) == 14


def test_a_changed_file_says_what_changed_from_what_to_what(app: Flask) -> None:
    loaded(STAFFED)
    changed = (
        STAFFED.replace("seats: 120", "seats: 90")
        .replace("starts: 2016-10-04 09:00", "starts: 2016-10-04 08:45")
        .replace("name: Ada Byron, email", "name: Ada Byron, organization: UNDP, email")
        .replace("      - {role: moderator, name: Grace Hopper}\n", "")
        .replace("  - {symbol: L.1, title: Provisional agenda}\n", "  - {symbol: L.2, title: Annotations}\n")
    )

    assert loaded(changed, minutes=5) == [
        "room CR4: seats: 120 → 90",
        "document L.2: added",
        "document L.1: ended",
        "session S1: starts: 2016-10-04 09:00 → 2016-10-04 08:45",
        "role speaker, Ada Byron of session S1: organization: nothing → UNDP",
        "role moderator, Grace Hopper of session S1: ended",
    ]
    assert content_of(the_meeting()) == read(changed)
    session = db.session.scalars(select(Session)).one()
    assert (session.sequence, session.changed_at) == (1, make.TODAY + timedelta(minutes=5))


def test_only_time_place_and_status_raise_the_number_of_a_calendar_event(app: Flask) -> None:
    loaded(STAFFED)

    loaded(STAFFED.replace("title: Opening", "title: Opening of the meeting"), minutes=5)
    assert db.session.scalars(select(Session.sequence)).one() == 0


def test_what_ends_keeps_its_row_and_can_come_back(app: Flask) -> None:
    loaded(STAFFED)
    kept = STAFFED[: STAFFED.index("sessions:")] + STAFFED[STAFFED.index("staff:") :]
    assert loaded(kept, minutes=5) == ["session S1: ended"]
    assert loaded(kept, minutes=6) == []

    assert loaded(STAFFED, minutes=7)[0] == "session S1: added"
    session = db.session.scalars(select(Session)).one()
    assert (session.cancelled_at, session.sequence) == (None, 2)
    assert content_of(the_meeting()) == read(STAFFED)


def test_a_role_of_the_staff_ends_and_is_never_deleted(app: Flask) -> None:
    loaded(STAFFED)
    loaded(STAFFED.replace("email: olga@example.org, name: Olga", "email: petra@example.org, name: Petra"), minutes=5)

    rows = db.session.scalars(select(Staff).order_by(Staff.id)).all()
    assert [(row.person.email, row.ended_at) for row in rows] == [
        ("olga@example.org", make.TODAY + timedelta(minutes=5)),
        ("petra@example.org", None),
    ]


def test_a_known_person_keeps_the_name_they_have(app: Flask) -> None:
    make.person("Olga of old", "olga@example.org")
    loaded(STAFFED)

    assert [staff.person.name for staff in the_meeting().staff] == ["Olga of old"]
    assert loaded(STAFFED) == []


def test_what_others_rest_on_cannot_vanish_and_every_reason_is_given(app: Flask) -> None:
    loaded(STAFFED)
    meeting = the_meeting()
    make.registration(meeting, category=meeting.categories[0])
    session = db.session.scalars(select(Session)).one()
    with transaction():
        db.session.add(Note(session_id=session.id, number=1, state_at=make.TODAY, created_at=make.TODAY))
    bare = SMALL[: SMALL.index("sessions:")]

    with pytest.raises(Refused) as refused:
        loaded(bare)
    assert str(refused.value).splitlines() == [
        "Category MEM has 1 registration. Keep it in the file.",
        "Session S1 has 1 note. Keep it in the file; the agenda can cancel it.",
    ]
    assert content_of(the_meeting()) == read(STAFFED)


def test_the_last_organizer_stays_and_nothing_else_is_changed_then(app: Flask) -> None:
    loaded(STAFFED)
    without = STAFFED.replace("  - {email: olga@example.org, name: Olga, role: organizer}\n", "").replace(
        "seats: 120", "seats: 90"
    )

    with pytest.raises(Refused, match="Olga is the only organizer"):
        loaded(without)
    assert [room.seats for room in the_meeting().rooms] == [120]


def test_fewer_places_than_are_taken_are_refused(app: Flask) -> None:
    loaded(STAFFED)
    meeting = the_meeting()
    for _ in range(3):
        make.registration(meeting, category=meeting.categories[0])

    with pytest.raises(Refused) as refused:
        loaded(STAFFED.replace("capacity: 20", "capacity: 2").replace("capacity: 5", "capacity: 1"))
    assert str(refused.value).splitlines() == [
        "3 places are taken. Write a capacity of 3 or more.",
        "3 places of category MEM are taken. Write a capacity of 3 or more there.",
    ]


def test_a_body_goes_when_the_sessions_that_named_it_are_given_another(app: Flask) -> None:
    named = STAFFED.replace("    room: CR4\n", "    room: CR4\n    body: IWG\n")
    loaded(named)

    moved = named.replace("body: IWG", "body: RR").replace(
        "{code: IWG, name: Working group}", "{code: RR, name: Regional review}"
    )
    assert loaded(moved) == ["body RR: added", "body IWG: ended", "session S1: body: IWG → RR"]
    with pytest.raises(Refused, match="Sessions or reports name the body RR"):
        loaded(moved.replace("    body: RR\n", "").replace("sessions:\n  - code: S1", "sessions:\n  - code: S2")
               .replace("bodies:\n  - {code: RR, name: Regional review}\n", ""))  # fmt: skip


def test_roles_can_be_put_in_another_order(app: Flask) -> None:
    loaded(STAFFED)
    ada = "      - {role: speaker, name: Ada Byron, email: ada@example.org}\n"
    grace = "      - {role: moderator, name: Grace Hopper}\n"

    before, after = "speaker, Ada Byron; moderator, Grace Hopper", "moderator, Grace Hopper; speaker, Ada Byron"
    assert loaded(STAFFED.replace(ada + grace, grace + ada)) == [f"roles of session S1: order: {before} → {after}"]
    names = db.session.scalars(select(SpeakingRole.name).order_by(SpeakingRole.position)).all()
    assert list(names) == ["Grace Hopper", "Ada Byron"]


def test_a_change_reads_as_one_line() -> None:
    assert str(Change("room CR4", "changed", "seats", "120", "90")) == "room CR4: seats: 120 → 90"


def test_a_file_says_what_stands_at_the_head_of_the_papers(app: Flask) -> None:
    head = "organs: [United Nations, Council]\nsession_name: First session\ndistribution: limited\n"
    words = head + SMALL + "bodies:\n  - {code: IWG, name: Working group, agenda_item: Item 4}\n"
    with transaction():
        load(read(words), by=None, at=make.TODAY)
    [meeting] = db.session.scalars(select(Meeting))

    assert (meeting.organs, meeting.session_name, meeting.distribution) == (
        ["United Nations", "Council"],
        "First session",
        "limited",
    )
    assert meeting.bodies[0].agenda_item == "Item 4"
    assert read(write(content_of(meeting))) == read(words)
    with transaction():
        assert load(read(words), by=None, at=make.TODAY) == []
        [changed] = load(read(words.replace("First", "Second")), by=None, at=make.TODAY)
    assert str(changed).endswith("session_name: First session → Second session")
    assert meeting.session_name == "Second session"


FRENCH = """\
languages: [en, fr]
texts:
  - {language: fr, title: Examen de printemps, mandate: [La résolution demande un examen.]}
"""


def test_texts_in_other_languages_come_and_go_with_the_file(app: Flask) -> None:
    text = SMALL.replace("    seats: 120", "    seats: 120\n    texts: [{language: fr, name: Salle 4}]")
    text = text.replace("    room: CR4\n", "    room: CR4\n    texts: [{language: fr, title: Ouverture}]\n", 1)
    loaded(text + FRENCH)
    meeting = the_meeting()
    assert meeting.texts == {"fr": {"title": "Examen de printemps", "mandate": ["La résolution demande un examen."]}}
    assert meeting.rooms[0].texts == {"fr": {"name": "Salle 4"}}
    assert sessions_by_code(meeting)["S1"].texts == {"fr": {"title": "Ouverture"}}
    assert loaded(write(content_of(meeting)), minutes=1) == []

    told = loaded((text + FRENCH).replace("Ouverture", "Début").replace(", title: Examen de printemps", ""), minutes=2)
    assert told == [
        "texts fr: title: Examen de printemps → nothing",
        "texts fr of session S1: title: Ouverture → Début",
    ]
    db.session.expire_all()
    assert "title" not in the_meeting().texts["fr"]
    loaded(SMALL, minutes=3)
    db.session.expire_all()
    assert (the_meeting().texts, the_meeting().rooms[0].texts) == ({}, {})


def test_how_a_place_that_comes_free_is_given_stands_in_the_file(app: Flask) -> None:
    loaded(STAFFED)
    assert (content_of(the_meeting()).offer_hours, count(WaitingRules)) == (None, 0)
    offered = STAFFED.replace("sessions:\n", "offer_hours: 48\nsessions:\n", 1)

    assert loaded(offered, minutes=5) == ["meeting spring-review: offer_hours: nothing → 48"]
    assert (hours_to_answer(the_meeting()), content_of(the_meeting())) == (48, read(offered))
    assert loaded(STAFFED, minutes=6) == ["meeting spring-review: offer_hours: 48 → nothing"]
    assert hours_to_answer(the_meeting()) is None


def test_the_order_of_the_waiting_list_stands_in_the_file(app: Flask) -> None:
    ordered = STAFFED + "waiting_by_protocol: yes\n"
    loaded(ordered)
    assert (goes_by_protocol(the_meeting()), content_of(the_meeting())) == (True, read(ordered))
    assert loaded(ordered, minutes=5) == []
    assert loaded(STAFFED, minutes=6) == ["meeting spring-review: waiting_by_protocol: True → False"]
    assert not goes_by_protocol(the_meeting())


def test_sign_up_stands_in_the_file_and_nobody_loses_a_place_by_it(app: Flask) -> None:
    loaded(STAFFED)
    until = "    room: CR4\n    sign_up: 2\n    sign_up_until: 2016-10-03 18:00\n"
    limited = STAFFED.replace("    room: CR4\n", until, 1)
    assert loaded(limited, minutes=5) == [
        "session S1: sign_up: nothing → 2",
        "session S1: sign_up_until: nothing → 2016-10-03 18:00",
    ]
    assert content_of(the_meeting()) == read(limited)
    assert loaded(write(content_of(the_meeting())), minutes=6) == []

    session = db.session.scalars(select(Session)).one()
    for _one in range(2):
        one = make.registration(the_meeting())
        make.kept(SignUp(session_id=session.id, registration_id=one.id, state=SIGNED, at=make.TODAY))
    for text in (STAFFED, limited.replace("sign_up: 2", "sign_up: 1")):
        with pytest.raises(Refused, match="2 people have signed up for S1"):
            loaded(text, minutes=7)
    with pytest.raises(Faulty):
        read(STAFFED.replace("    room: CR4\n", until.replace("    sign_up: 2\n", ""), 1))
