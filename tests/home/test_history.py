import ast
import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from config import ROOT
from eventapp.agenda.models import Session
from eventapp.agenda.sessions.actions import move
from eventapp.desk.lifecycle.actions import remove
from eventapp.ground.db import db, transaction
from eventapp.ground.db.types import Base
from eventapp.history.actions import record
from eventapp.history.verbs import VERBS
from eventapp.home.history.labels import FIELDS, UNSHOWN
from eventapp.meetings.models import Meeting
from eventapp.review.reports.models import Report
from tests import make, make_checkin
from tests.browserless import PageClient
from tests.counting import counted


def test_organizers_read_what_happened(client: PageClient) -> None:
    meeting, other = make.meeting(), make.meeting()
    organizer = make.staff(meeting, "organizer", make.person("Ada Byron"))
    with transaction():
        record(
            "changed meeting",
            meeting,
            by=organizer,
            at=make.TODAY,
            meeting_id=meeting.id,
            changes={"city": ["Bangkok", "Suva"]},
        )
        record("made meeting", other, by=None, at=make.TODAY, meeting_id=other.id, secret="not yours")
    page = client.sign_in(organizer).get(f"/meetings/{meeting.slug}/manage/history").text
    assert "Ada Byron" in page
    assert 'City: <bdi>Bangkok</bdi> <span class="turn">→</span> <bdi>Suva</bdi>' in page
    assert "not yours" not in page


def test_what_was_done_is_told_in_the_language_of_who_reads(client: PageClient) -> None:
    meeting = make.meeting()
    organizer = make.staff(meeting, "organizer")
    with transaction():
        record("released agenda", meeting, by=organizer, at=make.TODAY, meeting_id=meeting.id)
    page = client.sign_in(organizer).get(f"/meetings/{meeting.slug}/manage/history", headers={"Accept-Language": "fr"})
    assert "diffusion de l’ordre du jour" in page.text


def test_translators_have_every_verb_of_the_history(app: Flask) -> None:
    assert verbs_in((ROOT / "eventapp").rglob("*.py")) - {str(verb) for verb in VERBS} == set()


def verbs_in(files: Iterable[Path]) -> set[str]:
    """The verbs that code writes down in so many words."""
    calls = [
        node for file in files for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.Call)
    ]
    named = [call for call in calls if call.args and getattr(call.func, "id", "") in ("record", "_record")]
    chosen = [(one.body, one.orelse) if isinstance(one := call.args[0], ast.IfExp) else (one,) for call in named]
    words = [one.value for both in chosen for one in both if isinstance(one, ast.Constant)]
    assert len(words) > 100
    return {word for word in words if isinstance(word, str)}


def test_a_long_history_has_pages(client: PageClient) -> None:
    meeting = make.meeting()
    organizer = make.staff(meeting, "organizer")
    with transaction():
        for number in range(51):
            record("changed meeting", meeting, by=None, at=make.TODAY, meeting_id=meeting.id, number=f"n{number}.")
    client.sign_in(organizer)
    first = client.get(f"/meetings/{meeting.slug}/manage/history").text
    second = client.get(f"/meetings/{meeting.slug}/manage/history?page=2").text
    assert ("n50." in first, "n0." in first, "n0." in second) == (True, False, True)
    assert "n0." in client.get(f"/meetings/{meeting.slug}/manage/history?page=3").text


def test_nobody_else_reads_it(client: PageClient) -> None:
    meeting = make.meeting()
    client.sign_in(make.staff(meeting, "steward"))
    assert client.get(f"/meetings/{meeting.slug}/manage/history").status_code == 404


def test_a_meeting_without_history_says_so(client: PageClient) -> None:
    meeting = make.meeting()
    client.sign_in(make.staff(meeting, "organizer"))
    assert "Nothing has happened yet" in client.get(f"/meetings/{meeting.slug}/manage/history").text


def test_what_happened_is_told_by_the_names_of_things_and_not_by_the_numbers_of_rows(client: PageClient) -> None:
    meeting = make.meeting()
    organizer = make.staff(meeting, "organizer")
    make.registration(make.meeting())  # so that numbers of rows and numbers of people are not the same
    guest = make.registration(meeting, number=7, record_name="Layla Haddad")
    talk = make.session(meeting, code="S5", title="Plans", room_id=make.room(meeting, code="CR4").id)
    hall = make.room(meeting, code="MRG")
    gate = make_checkin.gate(meeting, "Main entrance")
    with transaction():
        record("approved", guest, by=organizer, at=make.TODAY, meeting_id=meeting.id)
        move(talk, starts_at=talk.starts_at, ends_at=talk.ends_at, room_id=hall.id, by=organizer, at=make.TODAY)
        record("handed in", talk, by=organizer, at=make.TODAY, meeting_id=meeting.id, lacked=["summary", "floor"])
        record("gate closed", gate, by=organizer, at=make.TODAY, meeting_id=meeting.id)
    page = client.sign_in(organizer).get(f"/meetings/{meeting.slug}/manage/history").text
    assert "registration <bdi>R-0007 Layla Haddad</bdi>" in page
    assert "session <bdi>S5 Plans</bdi>" in page
    assert 'Room: <bdi>CR4</bdi> <span class="turn">→</span> <bdi>MRG</bdi>' in page
    assert "What was missing: <bdi>No summary yet, No note of a delegation that had the floor</bdi>" in page
    assert "gate <bdi>Main entrance</bdi>" in page


def test_a_page_of_history_asks_once_for_each_kind_of_thing(client: PageClient) -> None:
    meeting = make.meeting()
    client.sign_in(make.staff(meeting, "organizer"))
    counts = []
    for more in (1, 5):
        for _one in range(more):
            guest, talk = make.registration(meeting), make.session(meeting)
            with transaction():
                for thing in (guest, talk):
                    record("looked at", thing, by=None, at=make.TODAY, meeting_id=meeting.id)
        with counted() as count:
            client.get(f"/meetings/{meeting.slug}/manage/history")
        counts.append(len(count))
    assert counts[0] == counts[1]


def test_states_codes_and_times_are_told_in_words(client: PageClient) -> None:
    meeting = make.meeting()
    organizer = make.staff(meeting, "organizer")
    guest = make.registration(meeting)
    at = datetime(2016, 10, 7, 11, 0, tzinfo=UTC)
    with transaction():
        record("approved", guest, by=organizer, at=at, before="pending", after="approved", reason="")
        record("changed", guest, by=organizer, at=at, changes={"country": ["FJI", "WSM"], "phone": None})
        record("granted role", meeting, by=organizer, at=at, role="steward", name="Kim Ji-won", until=at)
    address = f"/meetings/{meeting.slug}/manage/history"
    page = client.sign_in(organizer).get(address).text
    arrow = '</bdi> <span class="turn">→</span> <bdi>'
    assert f"State: <bdi>To check{arrow}Approved</bdi>" in page
    assert f"Country: <bdi>Fiji{arrow}Samoa</bdi>" in page
    assert "Telephone: <bdi>changed</bdi>" in page
    assert "Role: <bdi>Door steward</bdi>" in page
    assert "Until: <bdi>7 October 2016, 18:00 (Bangkok, UTC+7)</bdi>" in page
    assert "Reason:" not in page
    french = client.get(address, headers={"Accept-Language": "fr"}).text
    assert "Pays" in french
    assert "Fidji" in french


def test_every_field_of_the_history_has_a_label() -> None:
    named: set[str] = set()
    for file in (ROOT / "eventapp").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("record", "_record"):
                named |= {
                    word.arg for word in node.keywords if word.arg and "api" not in file.parts
                }  # another `record`
    assert len(named) > 30
    assert named - {"by", "at", "meeting_id", "changes", "forgets"} - UNSHOWN - FIELDS.keys() == set()


@pytest.fixture
def history(client: PageClient) -> Callable[[str], str]:
    meeting = make.meeting()
    organizer = make.staff(meeting, "organizer", make.person("Ada Byron"))
    guest = make.registration(meeting, number=7, record_name="Zoë Haddad", search_text="zoe haddad r-0007")
    room = make.room(meeting, code="CR4")
    with transaction():
        record("approved", guest, by=organizer, at=datetime(2016, 10, 3, 16, 59, tzinfo=UTC))
        record("added room", room, by=None, at=datetime(2016, 10, 3, 17, 0, tzinfo=UTC), code="Grand Café")
    client.sign_in(organizer)
    return lambda asked: client.get(f"/meetings/{meeting.slug}/manage/history?{asked}").text


@pytest.mark.parametrize(
    ("asked", "approval", "room"),
    [
        ("", True, True),
        ("who=byron", True, False),
        ("thing=room", False, True),
        ("verb=approved", True, False),
        ("since=2016-10-04", False, True),
        ("until=2016-10-03", True, False),
        ("since=2016-10-03&until=2016-10-04", True, True),
        ("q=zoe", True, False),
        ("q=R-0007", True, False),
        ("q=caf%C3%A9", False, True),
        ("q=approved+haddad", True, False),
        ("q=%25", False, False),
        ("thing=nothing", False, False),
    ],
)
def test_the_history_is_asked_by_person_thing_day_and_words(
    history: Callable[[str], str], asked: str, *, approval: bool, room: bool
) -> None:
    page = history(asked)
    assert ("R-0007 Zoë Haddad" in page, "Grand Café" in page) == (approval, room)
    assert ("Nothing fits" in page) == (not approval and not room)


@pytest.mark.parametrize("day", ["yesterday", "0001-01-01", "9999-12-31", "2016-02-30"])
def test_a_day_that_is_none_is_told_beside_the_field_and_stays(history: Callable[[str], str], day: str) -> None:
    page = history(f"since={day}&until={day}&who=byron")
    assert "Write the day as 2018-01-31, 31/01/2018 or 31 January 2018." in page
    assert f'value="{day}"' in page
    assert 'value="byron"' in page
    assert "Grand Café" not in page


def titles_told(client: PageClient, meeting: Meeting, query: str = "") -> list[str]:
    """What the lines of this meeting are about, the newest first, without the name of the kind of thing."""
    page = client.get(f"/meetings/{meeting.slug}/manage/history{query}").text
    return re.findall(r"(Old one|New one)</bdi>", page)


def given_again(number: int, meeting: Meeting, **facts: str) -> Session:
    """A row with the number of one that is gone, as SQLite gives it; on both databases."""
    gone = db.session.get_one(Session, number)
    db.session.delete(gone)
    db.session.commit()
    return make.session(meeting, id=number, **facts)


def write_line(verb: str, thing: Base, meeting: Meeting) -> None:
    with transaction():
        record(verb, thing, by=None, at=make.TODAY, meeting_id=meeting.id)


def test_a_line_is_not_told_by_what_another_meeting_has_under_the_number(client: PageClient) -> None:
    meeting, other = make.meeting(), make.meeting()
    client.sign_in(make.staff(meeting, "organizer"))
    old = make.session(meeting, title="Old one")
    write_line("changed session", old, meeting)
    assert titles_told(client, meeting) == ["Old one"]
    given_again(old.id, other, title="New one")
    assert titles_told(client, meeting) == titles_told(client, meeting, "?q=New") == []


def test_a_line_is_not_told_by_what_came_under_the_number_later(client: PageClient) -> None:
    meeting = make.meeting()
    client.sign_in(make.staff(meeting, "organizer"))
    old = make.session(meeting, title="Old one")
    write_line("made session", old, meeting)
    write_line("changed session", old, meeting)
    assert titles_told(client, meeting) == ["Old one"] * 2
    new = given_again(old.id, meeting, title="New one")
    write_line("made session", new, meeting)
    write_line("changed session", new, meeting)
    assert titles_told(client, meeting) == ["New one"] * 2
    assert titles_told(client, meeting, "?q=New") == ["New one"] * 2


def test_a_report_is_not_told_by_the_title_of_a_later_one(client: PageClient) -> None:
    meeting = make.meeting()
    client.sign_in(make.staff(meeting, "organizer"))
    facts = {"meeting_id": meeting.id, "policy": "organization", "outline": "blocks"}
    old = make.kept(Report(name="a", title="Old one", created_at=make.TODAY, **facts))
    write_line("name report", old, meeting)
    assert titles_told(client, meeting) == ["Old one"]
    number = old.id
    db.session.delete(old)
    db.session.commit()
    make.kept(Report(id=number, name="b", title="New one", created_at=make.TODAY + timedelta(days=1), **facts))
    assert titles_told(client, meeting) == []


def test_the_lines_of_a_deleted_meeting_are_not_those_of_the_next_with_its_number(client: PageClient) -> None:
    old, admin = make.meeting(published_at=None), make.administrator()
    number = old.id
    with transaction():
        record("changed meeting", old, by=None, at=make.TODAY, changes={"city": ["Suva", "Apia"]})
        remove(old, by=admin, at=make.TODAY)
    meeting = make.meeting(id=number)
    client.sign_in(make.staff(meeting, "organizer"))
    assert "Nothing has happened yet" in client.get(f"/meetings/{meeting.slug}/manage/history").text
    write_line("changed meeting", meeting, meeting)
    page = client.get(f"/meetings/{meeting.slug}/manage/history").text
    assert "Nothing has happened yet" not in page and "Apia" not in page
