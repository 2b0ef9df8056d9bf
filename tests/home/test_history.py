import ast
from collections.abc import Iterable
from pathlib import Path

from flask import Flask

from config import ROOT
from eventapp.agenda.sessions.actions import move
from eventapp.ground.db import transaction
from eventapp.history.actions import record
from eventapp.history.verbs import VERBS
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
    assert "city: Bangkok → Suva" in page
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
    assert client.get(f"/meetings/{meeting.slug}/manage/history?page=3").status_code == 404


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
    assert "room: CR4 → MRG" in page
    assert "lacked: summary, floor" in page
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
