"""The balance is counted with nothing held: what changes meanwhile that it stands beside is not lost."""

from collections.abc import Callable

import pytest
from flask import Flask

from eventapp.balance import actions
from eventapp.balance.actions import Tally, open_balance, open_to_the_world
from eventapp.checkin.queries import count_of
from eventapp.ground.db import db, transaction
from eventapp.ground.db.apart import TRIES
from eventapp.ground.refusal import Refused
from eventapp.history.models import Entry
from eventapp.meetings.models import Meeting
from eventapp.record.summaries.actions import approve_summary
from eventapp.registration.models import Registration
from eventapp.review.reports.attendance import listed_numbers
from tests import make
from tests.balance.test_attendance import session_of, told
from tests.balance.test_balance import crowd
from tests.slowly import slowly

NOW = make.TODAY


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    return make.meeting(slug="spring", capacity=400)


def count_slowly(monkeypatch: pytest.MonkeyPatch, act: Callable[[], None], times: int = 1) -> list[Tally]:
    """Let somebody do this after it was counted and before it is written. Returns what was counted each time."""
    return slowly(monkeypatch, actions, "tally", act, times)


def agree() -> None:
    """The next who did not agree to stand in the list does so."""
    query = db.session.query(Registration).filter(Registration.lists_name.is_(False)).order_by(Registration.id)
    query.limit(1).one().lists_name = True


def opened(meeting: Meeting) -> None:
    open_to_the_world(meeting, by=None, clock=lambda: NOW)


def test_it_stands_beside_the_list_of_the_moment_it_is_opened(
    meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    crowd(meeting, "government", 30, here=20)
    crowd(meeting, "government", 8, lists_name=False)
    counted = count_slowly(monkeypatch, agree, times=3)
    opened(meeting)
    count = count_of(meeting)
    assert count
    assert len(counted) == TRIES
    assert set(count.named) == listed_numbers(meeting)
    assert "approved" in count.content["totals"]  # five are not listed


def test_without_the_proof_three_are_told_of(meeting: Meeting, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: four agree after it was counted, and nobody looks."""
    crowd(meeting, "government", 30, here=20)
    crowd(meeting, "government", 7, lists_name=False)

    def four() -> None:
        for _one in range(4):
            agree()
            db.session.flush()

    count_slowly(monkeypatch, four)
    before = listed_numbers(meeting)
    monkeypatch.setattr(actions, "listed_numbers", lambda _meeting: before)
    opened(meeting)
    count = count_of(meeting)
    assert count
    assert count.content["totals"]["approved"] - len(listed_numbers(meeting)) == 3


def test_it_is_refused_where_the_list_changes_each_time(meeting: Meeting, monkeypatch: pytest.MonkeyPatch) -> None:
    crowd(meeting, "government", 9, lists_name=False)
    counted = count_slowly(monkeypatch, agree, times=TRIES)
    with pytest.raises(Refused, match="changed again and again while the balance was counted"):
        opened(meeting)
    assert len(counted) == TRIES
    assert count_of(meeting) is None
    opened(meeting)
    assert count_of(meeting) is not None


def test_a_summary_that_is_approved_meanwhile_tells_who_came(meeting: Meeting, monkeypatch: pytest.MonkeyPatch) -> None:
    women = crowd(meeting, "government", 12, here=12, gender="woman")
    men = crowd(meeting, "civil-society", 13, here=13, gender="man")
    before = session_of(meeting, *women[:6], *men[:7])
    late = session_of(meeting, *women[:5], *men[:6], approved=False)
    counted = count_slowly(monkeypatch, lambda: approve_summary(late, 1, by=None, at=NOW))
    opened(meeting)
    assert len(counted) == 1
    assert [(told(one) or {}).get("people") for one in (before, late)] == [13, 11]


def test_both_roads_count_the_same(meeting: Meeting) -> None:
    women = crowd(meeting, "government", 12, here=12, gender="woman")
    crowd(meeting, "civil-society", 13, here=13, gender="man")
    session = session_of(meeting, *women[:6])
    opened(meeting)
    opened(meeting)  # twice is once
    apart = count_of(meeting)
    assert apart
    found, came = (apart.content, apart.named, apart.counted_at), told(session)
    assert db.session.query(Entry).filter_by(verb="opened the balance").count() == 1
    with transaction():
        db.session.delete(apart)
    with transaction():
        inside = open_balance(meeting, by=None, at=NOW)
    assert ((inside.content, inside.named, inside.counted_at), told(session)) == (found, came)
