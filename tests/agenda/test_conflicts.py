from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from eventapp.agenda.models import Session
from eventapp.agenda.planning.conflicts import MOST, warnings
from eventapp.agenda.planning.draft import DraftSession, draft_of
from eventapp.meetings.models import Meeting
from tests import make

NINE = datetime(2026, 3, 16, 2, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    return make.meeting()


def session(meeting: Meeting, code: str, start: datetime = NINE, **facts: Any) -> Session:
    """A session of an hour that lacks nobody."""
    row = make.session(meeting, code=code, starts_at=start, **{"ends_at": start + HOUR, **facts})
    make.role(row, "moderator", name=f"Moderator of {code}", person_id=None)
    make.role(row, "rapporteur", name=f"Rapporteur of {code}", person_id=None)
    return row


def told(meeting: Meeting) -> list[tuple[tuple[str, ...], str, str, bool]]:
    return [(one.sessions, one.title, one.words, one.hard) for one in warnings(meeting, draft_of(meeting))]


def test_a_sound_plan_has_no_warnings(meeting: Meeting) -> None:
    room = make.room(meeting, seats=50)
    session(meeting, "S1", room_id=room.id, expected=50)
    session(meeting, "S2", NINE + HOUR, room_id=room.id)  # one begins as the other ends
    session(meeting, "S3", room_id=make.room(meeting).id)
    make.session(meeting, code="TEA", kind="break", starts_at=NINE + 2 * HOUR)

    assert told(meeting) == []


def test_two_sessions_in_one_room_are_told_first(meeting: Meeting) -> None:
    room = make.room(meeting, name="Hall", seats=10)
    session(meeting, "S1", room_id=room.id, expected=20)
    session(meeting, "S2", NINE + HOUR / 2, room_id=room.id)

    assert told(meeting) == [
        (("S1", "S2"), "Clash in a room", "S1 and S2 are both in Hall at 09:30, for 30 minutes.", True),
        (("S1",), "Room may be small", "20 people are expected in S1; Hall seats 10.", False),
    ]


def test_a_long_session_clashes_with_each_that_runs_in_it(meeting: Meeting) -> None:
    room = make.room(meeting, name="Hall")
    session(meeting, "S1", room_id=room.id, ends_at=NINE + 4 * HOUR)
    session(meeting, "S2", NINE + HOUR, room_id=room.id)
    session(meeting, "S3", NINE + 3 * HOUR, room_id=room.id)

    assert [sessions for sessions, *_rest in told(meeting)] == [("S1", "S2"), ("S1", "S3")]


def test_one_person_in_two_sessions_is_found_by_address_or_by_name(meeting: Meeting) -> None:
    ada = make.person("Ada Byron")
    first, second = session(meeting, "S1"), session(meeting, "S2")
    make.role(first, "speaker", name="Ada Byron", person_id=ada.id)
    make.role(second, "panellist", name="A. Byron", person_id=ada.id)
    make.role(first, "speaker", name="Grace Hopper", person_id=None)
    make.role(second, "speaker", name="grace hopper", person_id=None)

    assert [words for _codes, _title, words, _hard in told(meeting)] == [
        "Ada Byron is speaker in S1 and panellist in S2 at 09:00.",
        "Grace Hopper is speaker in S1 and speaker in S2 at 09:00.",
    ]


def test_who_declined_is_told_and_who_lost_the_part_is_in_no_two_rooms(meeting: Meeting) -> None:
    first, second = session(meeting, "S1"), session(meeting, "S2")
    make.role(first, "speaker", name="Ada Byron", state="declined")
    make.role(first, "speaker", name="Ada Byron", ended_at=make.TODAY)
    make.role(second, "speaker", name="Ada Byron")

    said = "Ada Byron declined to be speaker in S1."
    assert told(meeting) == [(("S1",), "A part was declined", said, False)]


def test_days_and_midnight_are_watched(meeting: Meeting) -> None:
    session(meeting, "S1", NINE + 24 * HOUR)
    session(meeting, "S2", NINE - 48 * HOUR)
    long = make.meeting(ends_on=meeting.ends_on + timedelta(days=1))
    session(long, "S3", NINE + 14 * HOUR, ends_at=NINE + 16 * HOUR)

    assert [(codes, title, hard) for codes, title, _words, hard in told(meeting)] == [
        (("S2",), "Outside the meeting", True),
        (("S1",), "Outside the meeting", True),
    ]
    assert told(long) == [(("S3",), "Past midnight", "S3 runs past midnight.", False)]


def test_who_is_missing_is_told_but_not_for_a_break(meeting: Meeting) -> None:
    row = make.session(meeting, code="S1")
    make.role(row, "chair")
    make.session(meeting, code="S2", starts_at=NINE + 3 * HOUR)

    assert [(codes, title) for codes, title, _words, _hard in told(meeting)] == [
        (("S2",), "Nobody chairs or moderates"),
        (("S1",), "Nobody writes it down"),
        (("S2",), "Nobody writes it down"),
    ]


def test_a_room_that_was_closed_is_told(meeting: Meeting) -> None:
    session(meeting, "S1", room_id=make.room(meeting, name="Hall", closed_at=make.TODAY).id)

    assert [title for _codes, title, _words, _hard in told(meeting)] == ["Room is closed"]


def test_what_is_cancelled_clashes_with_nothing(meeting: Meeting) -> None:
    room = make.room(meeting)
    session(meeting, "S1", room_id=room.id, cancelled_at=make.TODAY)
    session(meeting, "S2", room_id=room.id)

    assert told(meeting) == []


def test_a_session_that_runs_into_a_break_is_told_but_not_one_beside_the_break_of_another_room(
    meeting: Meeting,
) -> None:
    hall, attic = make.room(meeting), make.room(meeting)
    session(meeting, "S1", room_id=hall.id, ends_at=NINE + HOUR + timedelta(minutes=15))
    session(meeting, "S2", room_id=attic.id)
    make.session(meeting, code="TEA", kind="break", starts_at=NINE + HOUR, ends_at=NINE + 2 * HOUR)
    make.session(meeting, code="REST", kind="break", room_id=attic.id, starts_at=NINE + HOUR, ends_at=NINE + 2 * HOUR)

    said = "S1 runs from 09:00 to 10:15, over the break TEA at 10:00."
    assert told(meeting) == [(("S1", "TEA"), "Break taken by a session", said, False)]


def test_so_many_clashes_of_a_kind_are_told_and_no_more(meeting: Meeting) -> None:
    room, at = make.room(meeting), NINE
    draft = [DraftSession(n, f"S{n}", "trends", at, at + HOUR, None, room) for n in range(100)]

    assert sum(one.kind == "room" for one in warnings(meeting, draft)) == MOST
