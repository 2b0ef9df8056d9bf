"""Notes that say nearly the same: one paragraph with several sources, seen and parted by the editor."""

import pytest
from flask import Flask

from eventapp.ground.db import transaction
from eventapp.ground.refusal import Refused
from eventapp.meetings.models import ORGANIZER, Meeting
from eventapp.review.compilation.actions import compile_report, put_in
from eventapp.review.compiling.grouping import ALIKE, runs_of
from eventapp.review.groups.actions import part
from eventapp.review.paragraphs import actions as editing
from eventapp.review.reports.models import Report
from tests import make, make_review
from tests.browserless import PageClient
from tests.make_review import paragraphs, texts

pytestmark = pytest.mark.usefixtures("_first_verb")

ONE = "Fixed broadband in the region remains concentrated in a few large economies of the north."
NEARLY = "Fixed broadband in the region remains concentrated in a few large economies of the north and east."
OTHER = "Fixed broadband prices in the region fall every year, though not for the poorest households."


def meeting() -> Meeting:
    return make.meeting(mandate=[], objectives=[])


def recorded(*said: tuple[str, str], **facts: str) -> Report:
    """A report whose trends were said by these organizations in these words."""
    session = make.session(held := meeting(), kind="trends")
    for organization, text in said:
        make_review.note(session, organization=organization, text=text, stakeholder_type="un")
    return make_review.report(held, **facts)


def compiled(report: Report) -> None:
    compile_report(report, by=None, at=make.TODAY)


def test_near_duplicates_share_a_paragraph_that_names_all_who_said_it(app: Flask) -> None:
    report = recorded(("ITU", ONE), ("APT", OTHER), ("ESCAP", NEARLY))

    [text] = texts(report)
    assert "ITU and ESCAP noted that fixed broadband in the region remained concentrated" in text
    assert [len(one["notes"]) for one in paragraphs(report)[-1].sentences] == [3, 2, 1]


@pytest.mark.parametrize(
    ("policy", "begins"),
    [
        ("person", "ITU and ESCAP noted"),
        ("category", "Several United Nations bodies noted"),
        ("nobody", "Several participants noted"),
    ],
)
def test_several_sources_are_said_as_far_as_the_policy_allows(app: Flask, policy: str, begins: str) -> None:
    assert texts(recorded(("ITU", ONE), ("ESCAP", NEARLY), policy=policy))[0].startswith(begins)


def test_the_lowest_ceiling_of_the_sources_holds_for_all(app: Flask) -> None:
    session = make.session(held := meeting(), kind="trends")
    make_review.note(session, organization="ITU", text=ONE, stakeholder_type="un")
    make_review.note(session, organization="ESCAP", text=NEARLY, stakeholder_type="un", ceiling="nobody")

    assert texts(make_review.report(held, policy="person"))[0].startswith("Several participants noted")


def test_another_kind_is_another_sentence(app: Flask) -> None:
    session = make.session(held := meeting(), kind="trends")
    make_review.note(session, text=ONE)
    make_review.note(session, text=ONE, kind="challenge")
    assert [len(one["notes"]) for one in paragraphs(make_review.report(held))[-1].sentences] == [1, 1]


def test_a_note_that_comes_later_joins_one_that_stands_unless_that_was_edited(app: Flask) -> None:
    session = make.session(held := meeting(), kind="trends")
    make_review.note(session, text=ONE)
    report = make_review.report(held)
    make_review.note(session, text=NEARLY)
    compiled(report)
    [grouped] = paragraphs(report)[-1:]
    assert len(grouped.evidence) == 2

    with transaction():
        editing.rewrite(grouped, "By hand.", version=grouped.version, by=None, at=make.TODAY)
    make_review.note(session, text=NEARLY)
    compiled(report)
    assert [len(one.evidence) for one in paragraphs(report)[-2:]] == [2, 1]


def test_a_grouped_note_gets_a_paragraph_of_its_own_and_keeps_it(client: PageClient, app: Flask) -> None:
    report = recorded(("ITU", ONE), ("ESCAP", NEARLY))
    editor = client.sign_in(make.staff(report.meeting, ORGANIZER))
    address = f"/meetings/{report.meeting.slug}/review/reports/{report.name}"
    second = paragraphs(report)[-1].evidence[1].note
    assert f"<option>{second.reference}</option>" in editor.get(address).text

    own = {"note": second.reference, "act": "own"}
    assert editor.post(f"{address}/parts", data=own).status_code == 303
    compiled(report)
    assert [len(one.evidence) for one in paragraphs(report)[-2:]] == [1, 1]
    assert texts(report)[1].startswith("ESCAP noted that fixed broadband")
    assert editor.post(f"{address}/parts", data=own).status_code == 409
    with pytest.raises(Refused, match="not grouped"):
        part(report, second, by=None, at=make.TODAY)


@pytest.mark.parametrize(
    ("first", "second", "alike"),
    [
        ("ราคาอินเทอร์เน็ตความเร็วสูงลดลงทุกปีในภูมิภาค", "ราคาอินเทอร์เน็ตความเร็วสูงลดลงทุกปีในภูมิภาคนี้", True),
        ("ราคาอินเทอร์เน็ตความเร็วสูงลดลงทุกปีในภูมิภาค", "เกษตรกรใช้วิทยุชุมชนมากกว่าเว็บท่า", False),
        ("区域宽带价格每年下降。", "区域宽带价格每年下降", True),
        ("Yes.", "Yes", True),
        ("Yes.", "No.", False),
    ],
)
def test_texts_of_any_script_are_compared(first: str, second: str, *, alike: bool) -> None:
    one, other = runs_of(first), runs_of(second)
    assert (len(one & other) >= ALIKE * len(one | other)) is alike


def test_a_removed_group_stays_away_and_each_of_its_notes_can_be_put_in_again(app: Flask) -> None:
    report = recorded(("ITU", ONE), ("ESCAP", NEARLY))
    [grouped] = paragraphs(report)[-1:]
    second = grouped.evidence[1].note
    with transaction():
        editing.remove(grouped, by=None, at=make.TODAY)
    compiled(report)
    assert texts(report) == []

    put_in(report, second, by=None, at=make.TODAY)
    assert [text.split()[0] for text in texts(report)] == ["ESCAP"]


def test_only_notes_that_were_grouped_are_said_to_be_told_together(client: PageClient) -> None:
    report = recorded(("ITU", ONE), ("ESCAP", NEARLY))
    client.sign_in(make.staff(report.meeting, ORGANIZER))
    other = make_review.note(make.session(report.meeting, kind="plans"), text=OTHER)
    compiled(report)
    grouped, alone = paragraphs(report)[-2:]
    with transaction():
        editing.cite(grouped, other, by=None, at=make.TODAY)
        editing.cite(alone, grouped.evidence[0].note, by=None, at=make.TODAY)
    page = client.get(f"/meetings/{report.meeting.slug}/review/reports/{report.name}").text
    assert page.count("These notes are told together") == 1
    assert f"<option>{grouped.evidence[1].note.reference}</option>" in page
    assert f"<option>{other.reference}</option>" not in page


def test_a_note_is_moved_to_a_paragraph_by_its_number_and_a_wrong_number_stays_typed(client: PageClient) -> None:
    session = make.session(held := meeting(), kind="trends")
    for place in range(4):
        make_review.note(session, text=f"{ONE} {place}", action_lines=["C2"] if place % 2 else ["C4"])
    report = make_review.report(held)
    editor = client.sign_in(make.staff(held, ORGANIZER))
    address = f"/meetings/{held.slug}/review/reports/{report.name}"
    second = paragraphs(report)[-1].evidence[0].note
    typed = {"note": second.reference, "act": "move", "number": "99"}

    for _time in range(2):
        answer = editor.post(f"{address}/parts", data=typed)
        assert answer.status_code == 409
        assert answer.text.count("No paragraph has the number 99") == 2  # above the page and beside the field
        assert 'value="99"' in answer.text
    assert editor.post(f"{address}/parts", data={**typed, "number": "2"}).status_code == 303
    assert [len(one.evidence) for one in paragraphs(report)[-2:]] == [3, 1]
