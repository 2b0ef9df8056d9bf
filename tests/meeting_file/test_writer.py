from datetime import UTC, date, datetime, timedelta
from string import ascii_letters
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config import ROOT
from eventapp.ground.text.policy import clean, fault_in
from eventapp.meeting_file.changes import changes
from eventapp.meeting_file.parts.people import RoleEntry, StaffEntry
from eventapp.meeting_file.parts.place import BodyEntry, RoomEntry
from eventapp.meeting_file.reader import read
from eventapp.meeting_file.schema import (
    CategoryEntry,
    DocumentEntry,
    MeetingFile,
    SessionEntry,
)
from eventapp.meeting_file.writer import write
from tests.meeting_file.test_reader import SMALL

CODES = st.text(ascii_letters + "0123456789", min_size=1, max_size=12)
BEGIN = datetime(2016, 10, 1, tzinfo=UTC)
MOMENTS = st.integers(0, 60 * 24 * 60 * 60).map(lambda seconds: BEGIN + timedelta(seconds=seconds))
ZONES = st.sampled_from(["Asia/Bangkok", "Europe/Paris", "Pacific/Port_Moresby", "America/New_York", "UTC"])


def words(most: int, *, least: int = 1, lines: bool = False) -> st.SearchStrategy[str]:
    def kept(text: str) -> str:
        value = clean(text)
        return value if fault_in(value, most=most, lines=lines) is None and len(value) >= least else "-"

    return st.text(st.characters(codec="utf-8"), min_size=least, max_size=min(most, 30)).map(kept)


def several(strategy: st.SearchStrategy[Any], key: str = "code") -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(strategy, max_size=3, unique_by=lambda one: one.key).map(tuple)


ROLES = st.builds(
    RoleEntry,
    role=st.sampled_from(["moderator", "speaker"]),
    name=words(200),
    own_name=words(200, least=0),
    organization=words(200, least=0),
    country=st.sampled_from(["", "THA", "BTN"]),
    email=st.sampled_from(["", "ada@example.org"]),
    state=st.sampled_from(["invited", "confirmed", "declined"]),
    illustrative=st.booleans(),
    own_language=st.just("th"),
    position=words(200, least=0),
)


@st.composite
def sessions(draw: st.DrawFn, rooms: tuple[RoomEntry, ...], bodies: tuple[BodyEntry, ...]) -> SessionEntry:
    starts = draw(MOMENTS)
    return SessionEntry(
        code=draw(CODES),
        title=draw(words(300)),
        kind=draw(st.sampled_from(["opening", "break"])),
        starts=starts,
        ends=starts + timedelta(minutes=draw(st.integers(1, 300))),
        room=draw(st.sampled_from(["", *(room.code for room in rooms)])),
        body=draw(st.sampled_from(["", *(body.code for body in bodies)])),
        agenda_item=draw(words(20, least=0)),
        summary=draw(words(5000, least=0, lines=True)),
        interpretation=tuple(draw(st.lists(st.sampled_from(["en", "fr", "zh-Hans"]), max_size=2))),
        expected=draw(st.none() | st.integers(0, 500)),
        roles=draw(several(ROLES)),
    )


@st.composite
def meetings(draw: st.DrawFn) -> MeetingFile:
    rooms = draw(several(st.builds(RoomEntry, code=CODES, name=words(120), seats=st.integers(1, 900))))
    bodies = draw(several(st.builds(BodyEntry, code=CODES, name=words(300))))
    paragraphs = st.lists(words(5000, lines=True), max_size=3).map(tuple)
    return MeetingFile(
        slug="a-meeting",
        title=draw(words(300)),
        short_title=draw(words(120)),
        starts=date(2016, 10, 4),
        ends=date(2016, 10, 4) + timedelta(days=draw(st.integers(0, 5))),
        zone=draw(ZONES),
        city=draw(words(120)),
        country="THA",
        venue=draw(words(200)),
        organization=draw(words(200)),
        contact="desk@example.org",
        capacity=draw(st.integers(1, 5000)),
        offer_hours=draw(st.none() | st.integers(1, 720)),
        registration_opens=BEGIN,
        registration_closes=BEGIN + timedelta(seconds=draw(st.integers(1, 10**7))),
        mandate=draw(paragraphs),
        objectives=draw(paragraphs),
        illustrative=draw(words(5000, least=0, lines=True)),
        rooms=rooms,
        bodies=bodies,
        categories=draw(several(CATEGORIES)),
        documents=draw(several(DOCUMENTS)),
        staff=draw(several(STAFF)),
        sessions=draw(several(sessions(rooms, bodies))),
    )


CATEGORIES = st.builds(
    CategoryEntry,
    code=CODES,
    name=words(120),
    stakeholder_type=st.just("government"),
    represents=st.just("member"),
    capacity=st.none() | st.integers(0, 90),
    colour=st.just("#123f7a"),
    ink=st.just("#ffffff"),
    letter=words(2),
    shape=st.just("square"),
    protocol_order=st.integers(1, 99),
    credential=words(200, least=0),
    needs_approval=st.booleans(),
    needs_letter=st.booleans(),
    takes_registrations=st.booleans(),
)
DOCUMENTS = st.builds(
    DocumentEntry,
    symbol=words(80),
    title=words(300),
    address=st.sampled_from(["", "https://example.org/a"]),
)
STAFF = st.builds(
    StaffEntry,
    email=CODES.map(lambda code: f"{code.lower()}@example.org"),
    name=words(200),
    role=st.sampled_from(["organizer", "rapporteur", "steward"]),
)


@given(meetings())
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_written_reads_back_as_the_same_meeting(meeting: MeetingFile) -> None:
    written = write(meeting)

    assert read(written) == meeting
    assert changes(meeting, read(written)) == []
    assert write(read(written)) == written


def test_the_hour_that_comes_twice_is_told_apart() -> None:
    twice = SMALL.replace("Asia/Bangkok", "Europe/Paris").replace(
        "registration_opens: 2016-07-01 09:00", "registration_opens: 2015-10-25 02:30+01:00"
    )

    assert "registration_opens: 2015-10-25 02:30+01:00" in write(read(twice))
    assert changes(read(twice), read(write(read(twice)))) == []


def test_words_that_yaml_takes_for_something_else_stay_words() -> None:
    odd = SMALL.replace("city: Bangkok", "city: 'yes'").replace("venue: Conference Centre", "venue: '0o17'")

    assert (read(write(read(odd))).city, read(write(read(odd))).venue) == ("yes", "0o17")


def test_the_bangkok_meeting_is_written_back_as_it_was_read() -> None:
    meeting = read((ROOT / "meetings" / "bangkok-2016.yaml").read_text(encoding="utf-8"))

    assert read(write(meeting)) == meeting
    assert [session.code for session in meeting.sessions if session.kind != "break"] == [f"S{n}" for n in range(1, 11)]
    assert {session.illustrative for session in meeting.sessions} == {True}
