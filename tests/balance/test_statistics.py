"""The statistics of a report and the public balance, held against each other: together they tell no more than one."""

from collections import Counter
from collections.abc import Sequence
from itertools import combinations, product

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from eventapp.balance.actions import open_balance
from eventapp.balance.jobs import LONG_JOBS
from eventapp.checkin.queries import count_of, present_for_the_world
from eventapp.ground.db import db, transaction
from eventapp.ground.jobs.scheduler import work_on_long
from eventapp.meetings.models import Category, Meeting
from eventapp.registration.models import Registration
from eventapp.review.annexes.tables import large_groups
from eventapp.review.compilation.actions import compile_report
from eventapp.review.formats.evidence_json import from_dict
from eventapp.review.publishing.actions import publish
from eventapp.review.reports.attendance import attendance
from eventapp.review.reports.content import Report as Text
from eventapp.review.reports.editions import edition_of
from eventapp.review.reports.models import Report
from eventapp.review.versions.snapshots import ADOPTED, take_snapshot
from eventapp.vocabulary.participants import STAKEHOLDER_TYPES
from tests import make, make_review
from tests.balance.test_balance import crowd
from tests.browserless import PageClient

KINDS = ("government", "civil-society", "media")
LEAST = 5
Said = Sequence[tuple[frozenset[str], int]]


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    return make.meeting(slug="spring", capacity=400)


def statistics(report: Report) -> list[tuple[str, ...]]:
    edition = edition_of(report)
    assert edition is not None
    text: Text = from_dict(edition.content)
    parts = [part for annex in text.annexes if annex.code == "statistics" for part in annex.parts]
    return [row for part in parts if part.heading == "Participants counted at the door" for row in part.rows]


def printed(meeting: Meeting, name: str = "summary") -> Report:
    report = make_review.report(meeting, name=name)
    compile_report(report, by=None, at=make.TODAY)
    publish(report, by=None, at=make.TODAY)
    return report


def small_groups(said: Said) -> list[frozenset[str]]:
    """Every set of one to four people that numbers about sets of kinds give away, by adding and subtracting two of them."""
    known = dict(said)
    for (one, many), (other, few) in product(list(known.items()), repeat=2):
        if other < one:
            known.setdefault(one - other, many - few)
        elif not one & other:
            known.setdefault(one | other, many + few)
    return [kinds for kinds, people in known.items() if 0 < people < LEAST]


def test_a_report_says_of_people_what_the_balance_says_and_nothing_before_it_was_counted(meeting: Meeting) -> None:
    crowd(meeting, "government", 9, here=9)
    crowd(meeting, "civil-society", 8, here=8)
    crowd(meeting, "media", 2, here=2)
    make_review.note(make.session(meeting))
    assert statistics(printed(meeting, "early")) == []
    with transaction():
        open_balance(meeting, by=None, at=make.TODAY)
    crowd(meeting, "media", 3, here=3)  # who came after the counting is told nowhere
    assert statistics(printed(meeting, "late")) == [("Government", "9"), ("Civil society; Media", "10")]
    assert attendance(meeting).people == 19


def test_each_counted_by_itself_they_would_tell_of_a_small_group(meeting: Meeting) -> None:
    """The twin: two categories of one kind; the statistics of before count category by category."""
    crowd(meeting, "government", 9, here=9)
    crowd(meeting, "government", 3, here=3)
    crowd(meeting, "civil-society", 8, here=8)
    crowd(meeting, "media", 6, here=6)
    with transaction():
        open_balance(meeting, by=None, at=make.TODAY)
    _people, groups = present_for_the_world(meeting)
    of_the_balance = [(frozenset(codes), people) for codes, people in groups]
    by_category = Counter({"government": 9, "observers": 3, "civil-society": 8, "media": 6})
    shown = dict(large_groups(by_category.most_common()))
    assert shown == {"government": 9, "civil-society": 8, "Others": 9}
    # what the table of before says of States, and the balance of governments, is told apart by three people
    together = [
        (kinds | ({"observers"} if "government" in kinds else set()), people) for kinds, people in of_the_balance
    ]
    before = [(frozenset({name}), people) for name, people in shown.items() if name != "Others"]
    assert small_groups([*together, *before]) == [frozenset({"observers"})]
    assert small_groups(together) == []


@settings(
    max_examples=8,
    deadline=None,
    phases=[Phase.generate],  # rows are dear: what was found is not made smaller
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    here=st.lists(st.integers(0, 9), min_size=3, max_size=3), away=st.lists(st.integers(0, 6), min_size=3, max_size=3)
)
def test_both_together_tell_of_no_small_group(app: Flask, here: list[int], away: list[int]) -> None:
    meeting = make.meeting(slug=f"m{db.session.query(Meeting).count()}", capacity=400)
    for kind, came, stayed in zip(KINDS, here, away, strict=True):
        crowd(meeting, kind, came + stayed, here=came)
    make_review.note(make.session(meeting))
    with transaction():
        count = open_balance(meeting, by=None, at=make.TODAY).content
    labels = {STAKEHOLDER_TYPES[code].label: code for code in KINDS} | {"All": "All"}
    rows = statistics(printed(meeting))
    said = [(frozenset(labels[one] for one in name.split("; ")), int(number)) for name, number in rows]
    public = [(frozenset(codes), people) for codes, people in count["breakdowns"]["stakeholder"].get("present", [])]
    everybody = [(frozenset(KINDS), count["totals"]["present"])] if "present" in count["totals"] else []
    assert set(said) <= {*public, (frozenset({"All"}), count["totals"].get("present", 0))}
    for one, other in combinations([*said, *public, *everybody], 2):
        if "All" not in one[0] | other[0]:
            assert small_groups([one, other]) == []
    assert attendance(meeting).people == count["totals"].get("present", 0)


def test_it_is_counted_when_a_report_is_adopted_so_that_the_report_can_say_it(
    client: PageClient, meeting: Meeting
) -> None:
    [job] = LONG_JOBS
    crowd(meeting, "government", 9, here=9)
    make_review.note(make.session(meeting))
    report = make_review.report(meeting)
    assert not job.is_due(make.TODAY)
    compile_report(report, by=None, at=make.TODAY)
    with transaction():
        take_snapshot(report, ADOPTED, by=None, at=make.TODAY)
    assert job.is_due(make.TODAY)
    assert work_on_long(job, make.TODAY) == 1
    assert count_of(meeting) is not None and not job.is_due(make.TODAY)
    publish(report, by=None, at=make.TODAY)
    assert statistics(report) == [("All", "9")]
    assert db.session.query(Registration).count() == 9 and db.session.query(Category).count() == 1
