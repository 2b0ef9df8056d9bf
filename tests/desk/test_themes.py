"""The themes of a meeting: sets taken, dropped and written in Settings, and followed by all that shows or asks for one."""

import re
from typing import Any

import pytest
from flask import Flask
from flask_babel import force_locale
from sqlalchemy import select

from eventapp.desk.themes import manage
from eventapp.desk.themes.lines import manage as lines
from eventapp.ground.db import db
from eventapp.meetings.models import Meeting
from eventapp.meetings.themes.content import OwnLine, ThemeSet, as_record
from eventapp.meetings.themes.queries import themes_of
from eventapp.record.notes.models import Note
from tests import make, make_record
from tests.browserless import PageClient, beside

PAGE = "/meetings/spring/manage/settings/themes"


@pytest.fixture
def meeting(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Meeting:
    for module in (manage, lines):
        monkeypatch.setattr(module, "now", lambda: make.TODAY)
    return make.meeting(slug="spring", languages=["en", "fr"])


@pytest.fixture
def desk(client: PageClient, meeting: Meeting) -> PageClient:
    """The meeting's organizer, signed in."""
    return client.sign_in(make.staff(meeting, "organizer"))


@pytest.fixture
def own(desk: PageClient, meeting: Meeting) -> Meeting:
    """The meeting with a set of its own and nothing else: skills and finance."""
    for code in ("wsis", "sdg"):
        desk.post(f"{PAGE}/{code}/removal")
    desk.post(PAGE, data={"name": "Priorities", "name_fr": "Priorités"})
    desk.post(f"{PAGE}/set1/lines", data={"code": "p1", "name": "Skills", "name_fr": "Compétences"})
    desk.post(f"{PAGE}/set1/lines", data={"code": "P2", "name": "Finance", "name_fr": ""})
    return meeting


def sets(meeting: Meeting) -> list[str]:
    db.session.expire_all()
    return [one.code for one in themes_of(meeting).sets]


def codes(meeting: Meeting) -> list[str]:
    db.session.expire_all()
    return list(themes_of(meeting).lines)


def note(meeting: Meeting, *tags: str, **facts: Any) -> Any:  # a note
    return make_record.note(make.session(meeting, code="S1"), action_lines=list(tags), **facts)


def test_a_meeting_begins_with_the_shipped_sets(desk: PageClient, meeting: Meeting) -> None:
    page = desk.get(PAGE).text
    assert "Geneva Plan of Action, shipped · 18 themes" in page
    assert sets(meeting) == ["wsis", "sdg"]
    assert meeting.themes == {}
    assert "/P1" not in desk.get(f"{PAGE}/wsis").text
    assert desk.post(f"{PAGE}/wsis", data={"name": "Mine"}).status_code == 404


def test_a_set_is_written_in_two_languages(desk: PageClient, own: Meeting) -> None:
    assert sets(own) == ["set1"]
    assert codes(own) == ["P1", "P2"]
    french = desk.get(f"{PAGE}/set1", headers={"Accept-Language": "fr"}).text
    assert "Compétences" in french
    assert "Priorités" in french
    assert "Finance" in french  # there is no French yet
    said = desk.get("/meetings/spring/manage/history").text
    assert "added theme" in said


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"name": ""}, "Write the title."),
        ({"code": ""}, "Write a code."),
        ({"code": "1P"}, "Write a letter, and after it"),
        ({"code": "C7"}, "This is the number of an action line"),
        ({"code": "sdg4"}, "This is the number of an action line"),
        ({"code": "P23456789"}, "8"),
        ({"name": "x" * 100_000}, "160"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(
    desk: PageClient, own: Meeting, wrong: dict[str, str], says: str
) -> None:
    typed = {"code": "P3", "name": "Trade", "name_fr": "Commerce", **wrong}
    answer = desk.post(f"{PAGE}/set1/lines", data=typed)
    assert answer.status_code == 422
    assert says in answer.text
    assert "Commerce" in answer.text
    assert codes(own) == ["P1", "P2"]


def test_a_code_is_there_once_in_all_sets(desk: PageClient, own: Meeting) -> None:
    desk.post(PAGE, data={"name": "Others"})
    answer = desk.post(f"{PAGE}/set2/lines", data={"code": "P1", "name": "Trade"})
    assert answer.status_code == 409
    assert "“P1” is a theme already" in beside("code", answer.text)
    taken = desk.post(PAGE, data={"name": "PRIORITIES"})
    assert taken.status_code == 409
    assert "There is a set “PRIORITIES” already." in beside("name", taken.text)


def test_the_first_of_two_who_reword_a_theme_wins_and_the_second_sees_both(desk: PageClient, own: Meeting) -> None:
    [seen] = re.findall(r'name="seen"[^>]*value="(\w+)"', desk.get(f"{PAGE}/set1/lines/P1").text)
    first, second = ({"seen": seen, "name": name, "name_fr": "Compétences"} for name in ("Learning", "Training"))
    assert desk.post(f"{PAGE}/set1/lines/P1", data=first).status_code == 303
    answer = desk.post(f"{PAGE}/set1/lines/P1", data=second)
    assert answer.status_code == 409
    assert "Somebody changed this meanwhile" in answer.text
    assert "Learning" in answer.text
    assert "Training" in answer.text
    db.session.expire_all()
    assert themes_of(own).lines["P1"].label == "P1 Learning"


def test_themes_are_put_in_order_and_removed_only_while_nothing_carries_them(desk: PageClient, own: Meeting) -> None:
    assert desk.post(f"{PAGE}/set1/lines/P2/place", data={"act": "up"}).status_code == 303
    assert codes(own) == ["P2", "P1"]
    note(own, "P1")
    assert "carried 1 time" in desk.get(f"{PAGE}/set1").text
    answer = desk.post(f"{PAGE}/set1/lines/P1/removal")
    assert answer.status_code == 409
    assert "1 note, input or card carries it" in answer.text
    assert desk.post(f"{PAGE}/set1/removal").status_code == 409
    assert desk.post(f"{PAGE}/set1/lines/P2/removal").status_code == 303
    assert codes(own) == ["P1"]


def test_a_shipped_set_is_dropped_and_taken_again_with_its_tags(desk: PageClient, meeting: Meeting) -> None:
    made = note(meeting, "C2", goals=[9])
    assert "2 tags on notes, inputs and cards stay" not in desk.get(f"{PAGE}/wsis").text
    assert "1 tag on a note, an input or a card stays" in desk.get(f"{PAGE}/wsis").text
    desk.post(f"{PAGE}/wsis/removal")
    assert sets(meeting) == ["sdg"]
    page = desk.get("/meetings/spring/record/S1").text
    assert 'value="C5"' not in page
    assert "No theme yet" not in page
    desk.post(f"{PAGE}/wsis/taking")
    assert sets(meeting) == ["wsis", "sdg"]
    assert made.current.action_lines == ["C2"]
    assert 'value="C5"' in desk.get("/meetings/spring/record/S1").text


def test_the_capture_form_asks_for_the_sets_of_the_meeting(desk: PageClient, own: Meeting) -> None:
    make.session(own, code="S1")
    page = desk.get("/meetings/spring/record/S1").text
    assert "<legend>Priorities</legend>" in page
    assert 'value="C5"' not in page
    assert "data-suggested" not in page
    sent = {"kind": "trend", "text": "#p2 Prices fell.", "ceiling": "organization", "key": "k", "support": ""}
    assert desk.post("/meetings/spring/record/S1", data={**sent, "action_lines": ["P1"]}).status_code == 303
    listed = desk.get("/meetings/spring/record/S1").text
    assert "Skills" in listed
    [made] = db.session.scalars(select(Note))
    assert made.current.action_lines == ["P1", "P2"]


def test_coverage_search_and_outcomes_follow(desk: PageClient, own: Meeting) -> None:
    note(own, "P1", state="published")
    table = desk.get("/meetings/spring/review/coverage").text
    assert "1 note, by the themes of the meeting." in table
    assert "Skills" in table
    assert "Matrix" not in table
    assert '<option value="P1">P1 Skills' in desk.get("/meetings/spring/record/search").text
    found = desk.get("/meetings/spring/outcomes?line=P2").text
    assert "0 outcomes of 1" in found


def test_a_meeting_without_themes_has_no_empty_field(desk: PageClient, meeting: Meeting) -> None:
    meeting.themes = as_record([])
    db.session.commit()
    note(meeting, state="published")
    assert "No themes" in desk.get(PAGE).text
    page = desk.get("/meetings/spring/record/S1").text
    assert 'name="action_lines"' not in page
    assert 'name="goals"' not in page
    assert "This meeting has no themes" in desk.get("/meetings/spring/review/coverage").text
    outcomes = desk.get("/meetings/spring/outcomes").text
    assert 'name="line"' not in outcomes
    assert 'name="goal"' not in outcomes
    assert "Every note has an action line" not in desk.get("/meetings/spring/record/S1/submission").text


def test_goals_alone_are_counted_in_one_row(desk: PageClient, meeting: Meeting) -> None:
    meeting.themes = as_record([ThemeSet("sdg")])
    db.session.commit()
    note(meeting, "C2", goals=[9])
    table = desk.get("/meetings/spring/review/coverage").text
    assert "All notes" in table


def test_a_closed_meeting_changes_no_themes(desk: PageClient, own: Meeting) -> None:
    own.closed_at = make.TODAY
    db.session.commit()
    assert desk.post(f"{PAGE}/set1/lines", data={"code": "P9", "name": "Late"}).status_code == 409
    assert codes(own) == ["P1", "P2"]


def test_an_own_line_reads_in_the_language_of_its_reader(app: Flask) -> None:
    one = OwnLine("P1", "Skills", {"fr": "Compétences"})
    with app.test_request_context():
        with force_locale("fr"):
            assert one.label == "P1 Compétences"
        with force_locale("ar"):
            assert one.label == "P1 Skills"
