"""The public balance beside the list of participants: together they tell of no few who are not in the list."""

from collections.abc import Mapping

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from eventapp.balance.actions import hold_back, open_balance
from eventapp.balance.suppression import Covered, Names, all_covered, covered, is_small, revealing
from eventapp.balance.world import revealed_by_list
from eventapp.checkin.queries import count_of
from eventapp.ground.db import db, transaction
from eventapp.history.models import Entry
from eventapp.meetings.models import ORGANIZER, Meeting
from eventapp.registration.models import PENDING
from eventapp.review.compilation.actions import put_in
from eventapp.review.reports.models import Report
from tests import make, make_review
from tests.balance.test_balance import crowd
from tests.balance.test_suppression import STAGES, Reader, told_of, totals_of
from tests.browserless import PageClient
from tests.clearance.reading import address

HOLDING = ("nominated", "approved")
Table = Mapping[str, Mapping[str, int]]


@st.composite
def tables_with_lists(draw: st.DrawFn) -> tuple[dict[str, dict[str, int]], Names]:
    """A table of three groups, and how many of those of each who are approved agreed to be listed: nearly all, or any."""
    table, listed = {}, {}
    for group in "abc":
        people, row = draw(st.integers(0, 12)), {}
        for stage in STAGES:
            people = people - draw(st.integers(0, people) if draw(st.booleans()) else st.just(0))
            row[stage] = people
        few = st.integers(0, min(6, row["approved"]))
        table[group] = row
        listed[group] = row["approved"] - draw(few | st.integers(0, row["approved"]))
    return table, Names(listed, HOLDING)


def shown_beside(table: Table, names: Names) -> Covered:
    return all_covered({"": (table, names)}, totals_of(table), STAGES, first="present")[""]


def found_beside(shown: Covered, names: Names) -> list[str]:
    """Every group of one to four that a reader of both finds: at a stage, lost, or not in the list, here or not."""
    reader, found = Reader(shown, names), told_of(shown, names)
    found += [f"not listed at {stage}" for stage in names.stages if is_small(rest_of(shown, names, stage))]
    for place, stage in enumerate(reader.stages):
        for at, group in enumerate(reader.groups if stage in names.stages else []):
            listed = names.number(stage, (group,))
            if is_small(reader.most(place, at) - listed):
                found.append(f"{group} not listed at {stage}")
            for what, most in seen_beside(reader, place, at, listed).items():
                if is_small(most):
                    found.append(f"{group} not listed at {stage}, and {what}")
    return found


def rest_of(shown: Covered, names: Names, stage: str) -> int:
    return shown.totals[stage] - names.number(stage) if stage in shown.totals else 0


def seen_beside(reader: Reader, place: int, at: int, listed: int) -> dict[str, int]:
    """The most of a group, not in the list, that went on to the next stage, and that did not."""
    if place + 1 == len(reader.stages) or reader.stages[place + 1] in HOLDING:
        return {}
    pairs = {(over[at], under[at]) for over, under in reader.pairs(place)}
    return {
        "went on": max(min(under, over - listed) for over, under in pairs),
        "stayed": max(over - max(under, listed) for over, under in pairs),
    }


@settings(max_examples=60, deadline=None)
@given(tables_with_lists())
def test_nobody_can_work_out_a_small_group_from_the_table_and_the_list(both: tuple[Table, Names]) -> None:
    table, names = both
    assert found_beside(shown_beside(table, names), names) == []


def test_without_the_list_in_mind_it_could_be_worked_out() -> None:
    """The control: three of a group did not agree. The table that has no small group of its own tells of them."""
    table = {group: dict.fromkeys(STAGES, 20) for group in "abc"}
    names = Names({"a": 17, "b": 10, "c": 10}, HOLDING)
    old = covered(table, totals_of(table), STAGES, first="present")
    assert told_of(old) == []
    assert {"a not listed at approved", "a not listed at nominated"} <= set(found_beside(old, names))
    new = shown_beside(table, names)
    assert found_beside(new, names) == []
    assert [len(rows) for rows in new.blocks.values()] == [2, 2, 2, 2]  # the three stand with others


def test_a_total_beside_the_groups_of_another_stage_could_be_worked_out() -> None:
    """The control: in all there are twelve more than the list names; but ten of them came, and are of the one group."""
    table = {
        "a": {"nominated": 21, "approved": 21, "present": 20, "spoke": 0},
        "b": {"nominated": 21, "approved": 21, "present": 5, "spoke": 0},
    }
    names = Names({"a": 10, "b": 20}, HOLDING)
    alone = covered(table, totals_of(table), STAGES, first="present", names=names)
    assert (alone.totals["approved"], "approved" in alone.blocks) == (42, False)
    assert "b not listed at approved" in found_beside(alone, names)
    assert revealing(alone, names) == list(HOLDING)
    assert found_beside(shown_beside(table, names), names) == []


def test_that_everybody_is_listed_is_not_told() -> None:
    """Whoever is not in the list would be known to have had no place, and who left it later would be the difference."""
    table = {group: {"nominated": 20, "approved": 20, "present": 10, "spoke": 5} for group in "ab"}
    told = {rest: shown_beside(table, Names({"a": 20, "b": 20 - rest}, HOLDING)) for rest in (0, 4, 5)}
    assert {rest: "approved" in shown.totals for rest, shown in told.items()} == {0: False, 4: False, 5: True}
    assert all(shown.totals["present"] == 20 for shown in told.values())


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    made = make.meeting(slug="spring", capacity=400, mandate=[], objectives=[])
    make_review.note(make.session(made, kind="trends"), text="Prices fall.")
    return made


@pytest.fixture
def organizer(client: PageClient, meeting: Meeting) -> PageClient:
    return client.sign_in(make.staff(meeting, ORGANIZER))


def totals(meeting: Meeting) -> dict[str, int]:
    count = count_of(meeting)
    assert count is not None
    return dict(count.content["totals"])


def opened(meeting: Meeting) -> None:
    with transaction():
        open_balance(meeting, by=None, at=make.TODAY)


def published(organizer: PageClient, report: Report) -> str:
    """What the editor is told once the next version of the report is out."""
    answer = organizer.post(address(report, "/publication"), data={"said": "draft"})
    assert answer.status_code == 303
    return organizer.get(answer.headers["Location"]).text


@pytest.mark.parametrize(("silent", "told"), [(0, False), (4, False), (6, True)])
def test_a_stage_is_told_beside_the_list_or_left_out(
    organizer: PageClient, meeting: Meeting, silent: int, told: bool
) -> None:
    crowd(meeting, "government", 30, here=20)
    crowd(meeting, "government", silent, lists_name=False)
    opened(meeting)
    assert ("approved" in totals(meeting), totals(meeting)["present"]) == (told, 20)
    page = organizer.get("/meetings/spring/manage/balance").text
    missing = "Spoke, Cited" if told else "Nominated, Registered, Approved, Spoke, Cited"
    assert f"fewer than five people: {missing}." in page
    assert "less the names in the list of participants" in organizer.get("/meetings/spring/balance").text


def test_no_group_is_told_that_the_list_lets_one_count(meeting: Meeting) -> None:
    crowd(meeting, "government", 30)
    crowd(meeting, "government", 8, lists_name=False)
    crowd(meeting, "media", 9)
    crowd(meeting, "media", 2, lists_name=False)
    opened(meeting)
    count = count_of(meeting)
    assert count is not None
    assert (count.content["totals"]["approved"], count.content["breakdowns"]["stakeholder"]) == (49, {})


def test_a_stage_goes_when_a_list_is_published_that_it_cannot_stand_beside(
    organizer: PageClient, meeting: Meeting
) -> None:
    crowd(meeting, "government", 30, here=20)
    silent = crowd(meeting, "government", 6, lists_name=False)
    crowd(meeting, "government", 9, state=PENDING)
    report = make_review.report(meeting)
    assert "leaves out from now on" not in published(organizer, report)
    assert totals(meeting) == {"nominated": 45, "registered": 45, "approved": 36, "present": 20}

    with transaction():
        silent[0].lists_name = silent[1].lists_name = True  # they agree after all: four are left
    page = published(organizer, report)
    assert "leaves out from now on: Approved." in page
    assert totals(meeting) == {"nominated": 45, "registered": 45, "present": 20}
    assert "Approved" not in organizer.get("/meetings/spring/balance/balance.csv").text
    told = db.session.query(Entry).filter_by(verb="held back from the balance").one()
    assert told.detail["stages"] == ["approved"]


def test_who_was_named_once_stays_named(organizer: PageClient, meeting: Meeting) -> None:
    """Of two lists, each with five people missing, a reader makes one with fewer."""
    listed = crowd(meeting, "government", 30, here=20)
    silent = crowd(meeting, "government", 5, lists_name=False)
    report = make_review.report(meeting)
    published(organizer, report)
    assert totals(meeting)["approved"] == 35
    with transaction():
        listed[0].lists_name, silent[0].lists_name = False, True
    assert "leaves out from now on: Nominated, Registered, Approved." in published(organizer, report)


def test_what_was_worked_out_before_another_list_came_is_worked_out_again(meeting: Meeting) -> None:
    """Else whoever the other list named would count as never named."""
    crowd(meeting, "government", 30, here=20)
    other = crowd(meeting, "government", 5, lists_name=False)[0].id
    opened(meeting)
    with transaction():
        count = count_of(meeting)
        assert count is not None
        ready = revealed_by_list(count, meeting)
        assert ready.is_of(count) and other not in ready.named
        count.named = [*count.named, other]  # by a list that named one of them meanwhile
        assert not ready.is_of(count)
        held = hold_back(meeting, by=None, at=make.TODAY, ready=ready)
    assert other in count.named and held == ["nominated", "registered", "approved"]


def test_a_report_without_a_list_takes_nothing_out(organizer: PageClient, meeting: Meeting) -> None:
    crowd(meeting, "government", 30, here=20)
    silent = crowd(meeting, "government", 5, lists_name=False)
    report = make_review.report(meeting, outline="blank")
    note = make_review.note(make.session(meeting, code="S9"), text="Networks grow.")
    opened(meeting)
    put_in(report, note, by=None, at=make.TODAY)
    with transaction():
        silent[0].lists_name = True
    assert "leaves out from now on" not in published(organizer, report)
    assert totals(meeting)["approved"] == 35
