from datetime import timedelta

import ics
import pytest
import vobject
from icalendar import Calendar

from eventapp.agenda.exports.ical import calendar
from eventapp.agenda.models import Session
from eventapp.agenda.queries import released
from eventapp.agenda.releases.content import Published, read
from eventapp.agenda.sessions.actions import cancel_session, change_session
from eventapp.ground.db import db, transaction
from eventapp.meetings.models import Meeting
from tests import make
from tests.make import TODAY
from tests.make_agenda import NINE, facts, published

pytestmark = pytest.mark.usefixtures("app")

BASE = "https://meetings.example.org"
NASTY = "Trends; a,b \\ c: 峰会 กรุงเทพฯ 👩‍👩‍👧‍👦 " + "ü" * 90
LATER = TODAY + timedelta(days=1)


@pytest.fixture
def meeting() -> Meeting:
    meeting = make.meeting(slug="spring")
    room = make.room(meeting, name="Hall, first", where="Floor; 1")
    one = make.session(meeting, code="S1", title=NASTY, summary="One\nTwo; three, four", room_id=room.id)
    make.role(one, name="Ada Byron", organization="Navy")
    make.session(meeting, code="TEA", title="Coffee", kind="break", starts_at=NINE + timedelta(hours=2))
    published(meeting)
    return meeting


def agenda(meeting: Meeting) -> Published:
    found = released(meeting)
    assert found
    return found


def written(meeting: Meeting) -> bytes:
    return calendar(agenda(meeting), BASE)


def session(code: str = "S1") -> Session:
    return db.session.query(Session).filter_by(code=code).one()


def properties(meeting: Meeting, code: str = "S1") -> dict[str, object]:
    """What the calendar says of one session, read by the library that wrote it."""
    uid = session(code).uid
    events = [event for event in Calendar.from_ical(written(meeting)).walk("VEVENT") if event["UID"] == uid]
    return {name: events[0].decoded(name) for name in ("SEQUENCE", "LAST-MODIFIED", "DTSTART", "STATUS", "UID")}


def test_two_other_parsers_read_what_was_meant(meeting: Meeting) -> None:
    text = written(meeting).decode()
    one = next(event for event in ics.Calendar(text).events if event.uid == session().uid)
    assert (one.name, one.description) == (f"S1 {NASTY}", "One\nTwo; three, four\nAda Byron, Navy")
    assert one.location == "Hall, first, Floor; 1, United Nations Conference Centre, Bangkok"
    assert (one.begin.datetime, one.end.datetime) == (NINE, NINE + timedelta(minutes=90))
    other = next(event for event in vobject.readOne(text).vevent_list if event.uid.value == session().uid)
    assert (other.summary.value, other.dtstart.value, other.dtend.value) == (
        f"S1 {NASTY}",
        NINE,
        NINE + timedelta(minutes=90),
    )
    assert other.description.value == "One\nTwo; three, four\nAda Byron, Navy"
    assert other.url.value == f"{BASE}/meetings/spring/sessions/S1"


@pytest.mark.parametrize("sentence", ["", "Nobody here exists."])
def test_only_a_session_that_is_made_up_says_so(sentence: str) -> None:
    meeting = make.meeting(illustrative=sentence or None)
    make.session(meeting, code="S1", title="Real")
    make.session(meeting, code="S2", title="Made up", illustrative=True)
    published(meeting)
    whole, *events = Calendar.from_ical(written(meeting)).walk()
    told = {str(event["SUMMARY"]): event.get("DESCRIPTION") for event in events}
    assert told == {"S1 Real": None, "S2 Made up": sentence or "Illustrative."}
    assert whole.get("DESCRIPTION", "") == sentence


def test_lines_are_folded_between_characters_and_end_as_they_must(meeting: Meeting) -> None:
    content = written(meeting)
    lines = content.split(b"\r\n")
    assert b"\n" not in b"".join(lines)
    assert max(map(len, lines)) <= 75
    for line in lines:
        line.decode()  # no character is cut in two


def test_times_are_in_utc_and_the_zone_is_named(meeting: Meeting) -> None:
    text = written(meeting).decode()
    assert "DTSTART:20260316T020000Z" in text
    assert "X-WR-TIMEZONE:Asia/Bangkok" in text
    assert ("VTIMEZONE" in text, "TZID" in text) == (False, False)


def test_the_same_release_is_the_same_bytes_at_any_hour(meeting: Meeting) -> None:
    stamps = [event.decoded("DTSTAMP") for event in Calendar.from_ical(written(meeting)).walk("VEVENT")]
    assert stamps == [TODAY, TODAY]  # when the session changed, not when the calendar was asked for
    assert written(meeting) == written(meeting)


def test_the_uid_stays_and_the_sequence_rises_only_for_time_place_and_status(meeting: Meeting) -> None:
    first = properties(meeting)
    said: dict[str, object] = {"title": NASTY, "kind": "trends", "room_id": session().room_id}
    steps: list[tuple[dict[str, object], int]] = [
        ({"summary": "Other words"}, 0),
        ({"ends_at": NINE + timedelta(hours=2)}, 1),
        ({"room_id": None}, 2),
        ({"title": "Short"}, 2),
    ]
    for number, (more, sequence) in enumerate(steps):
        said |= more
        with transaction():
            change_session(session(), facts(**said), by=None, at=LATER + timedelta(hours=number))
        published(meeting)
        now = properties(meeting)
        assert (now["UID"], now["SEQUENCE"]) == (first["UID"], sequence)
        assert now["LAST-MODIFIED"] == LATER + timedelta(hours=number)


def test_a_cancelled_session_stays_and_says_so(meeting: Meeting) -> None:
    first = properties(meeting)
    with transaction():
        cancel_session(session(), by=None, at=LATER)
    published(meeting)
    published_again(meeting)
    now = properties(meeting)
    assert (now["STATUS"], now["SEQUENCE"], now["UID"]) == ("CANCELLED", 1, first["UID"])


def published_again(meeting: Meeting) -> None:
    with transaction():
        session("TEA").title = "Tea"
    published(meeting)


def test_what_changed_for_one_session_changes_no_other(meeting: Meeting) -> None:
    before = properties(meeting, "TEA")
    with transaction():
        change_session(session(), facts(title="Other"), by=None, at=LATER)
    with transaction():
        session("TEA").changed_at = LATER  # touched, but nothing published is different
    published(meeting)
    assert properties(meeting, "TEA") == before


def test_how_often_to_ask_again_is_a_duration_and_a_tab_stays_a_tab(meeting: Meeting) -> None:
    with transaction():
        change_session(session(), facts(summary="Room\tH"), by=None, at=LATER)
    published(meeting)
    text = written(meeting)
    assert b"X-PUBLISHED-TTL:PT1H\r\n" in text
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n" in text
    assert b"DESCRIPTION:Room\tH" in text


def test_a_large_agenda_is_one_calendar() -> None:
    many = [
        {
            "code": f"S{n}",
            "title": f"Session {n}",
            "kind": "trends",
            "starts_at": (NINE + timedelta(minutes=n)).isoformat(),
        }
        | {"ends_at": (NINE + timedelta(minutes=n + 30)).isoformat(), "uid": f"{n}@example.org", "sequence": 0}
        | {"changed_at": TODAY.isoformat(), "room": None, "interpretation": [], "roles": []}
        for n in range(250)
    ]
    head = {"slug": "x", "title": "X", "zone": "UTC", "place": "", "organization": "", "illustrative": ""}
    made = read({"meeting": head | {"starts_on": "2026-03-16", "ends_on": "2026-03-16"}, "rooms": [], "sessions": many})
    assert len(ics.Calendar(calendar(made, BASE).decode()).events) == 250


HOSTILE = [
    ";,\\\n:", "\\n is not a line", "x\r\nATTENDEE:mailto:eve@example.org", "END:VEVENT", "\x00\x0b\x0c\x1b[31m", "a\u2028b\u2029c\x85d", "👩‍👩‍👧‍👦" * 20,
    "𠜎" * 80, "e" + "\u0301" * 9, "مرحبا بالعالم", "שלום", "กรุงเทพมหานคร" * 12, "<svg onload=alert(1)>", "{{7*7}}", "=cmd|' /C calc'!A0", "%s%n", "'", '"quoted"', "tab\there", " lead",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_is_typed_stays_one_value_of_one_event(text: str) -> None:
    one: dict[str, object] = {
        "code": "S1",
        "title": text,
        "summary": text,
        "kind": "trends",
        "starts_at": NINE.isoformat(),
    }
    one |= {"ends_at": (NINE + timedelta(hours=1)).isoformat(), "uid": "1@example.org", "sequence": 0}
    one |= {"changed_at": TODAY.isoformat(), "room": None, "interpretation": [], "roles": []}
    head = {"slug": "x", "title": text, "zone": "UTC", "place": text, "organization": "", "illustrative": ""}
    made = read(
        {"meeting": head | {"starts_on": "2026-03-16", "ends_on": "2026-03-16"}, "rooms": [], "sessions": [one]}
    )
    content = calendar(made, BASE)
    lines = content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert not any(byte < 32 and byte != 9 for line in lines for byte in line)
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    assert set(event) == {
        *("UID", "DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY", "STATUS", "LOCATION"),
        *("CATEGORIES", "DESCRIPTION", "URL", "TRANSP"),
    }
    (other,) = vobject.readOne(content.decode()).vevent_list
    assert (other.uid.value, other.summary.value) == ("1@example.org", str(event["SUMMARY"]))
