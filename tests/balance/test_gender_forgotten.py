"""The gender of people goes by the clock; how many women and men came how far stays as it was counted before."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from eventapp.balance import manage
from eventapp.balance.counting.stages import everybody
from eventapp.balance.jobs import JOBS as BALANCE_JOBS
from eventapp.balance.world import for_the_world, revealed_by_list
from eventapp.checkin.models import BalanceCount
from eventapp.ground.db import db, transaction
from eventapp.ground.jobs.scheduler import work_through
from eventapp.meetings.models import Meeting
from eventapp.meetings.retention.models import GenderCount
from eventapp.registration.jobs import JOBS
from eventapp.registration.models import Registration
from tests import make
from tests.browserless import PageClient

LONG_AFTER = make.TODAY + timedelta(days=14 + 731)
NOBODY: dict[str, int] = dict.fromkeys(("nominated", "registered", "approved", "present", "spoke", "cited"), 0)


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    """Seven women and six men have a place, one man withdrew and one of the women; somebody says nothing."""
    meeting = make.meeting(slug="spring")
    for gender, state, many in (
        ("woman", "approved", 7), ("man", "approved", 6), ("man", "withdrawn", 1), ("woman", "lapsed", 1),
        ("", "approved", 6),
    ):  # fmt: skip
        for _number in range(many):
            make.registration(meeting, gender=gender, state=state, lists_name=False)
    return meeting


def by_gender(meeting: Meeting) -> dict[str, Any]:
    db.session.rollback()
    return {one.code: one.counts for one in everybody(meeting, at=LONG_AFTER).by("gender").groups}


def with_gender() -> int:
    return db.session.scalar(select(func.count()).where(Registration.gender != "")) or 0


def forget(*jobs: Any) -> None:
    work_through(jobs or (*BALANCE_JOBS, *JOBS), at=LONG_AFTER)
    db.session.expire_all()


def test_the_figures_are_the_same_when_gender_is_gone(meeting: Meeting) -> None:
    before = by_gender(meeting)
    assert before["woman"] == {**NOBODY, "nominated": 8, "registered": 7, "approved": 7}
    work_through((*BALANCE_JOBS, *JOBS), at=LONG_AFTER - timedelta(days=1))
    assert with_gender() == 15 and db.session.scalars(select(GenderCount)).all() == []

    forget()

    assert with_gender() == 0
    assert by_gender(meeting) == before
    assert everybody(meeting, at=LONG_AFTER).by("stakeholder").total.counts["approved"] == 19


def test_control_without_the_count_the_figures_would_be_lost(meeting: Meeting) -> None:
    before = by_gender(meeting)
    forget()
    with transaction():
        db.session.query(GenderCount).delete()
    assert by_gender(meeting) != before


def test_nothing_goes_before_it_is_counted(meeting: Meeting) -> None:
    forget(*JOBS)
    assert with_gender() == 15


def test_it_is_counted_once_and_what_comes_later_states_nothing(meeting: Meeting) -> None:
    before = by_gender(meeting)
    forget()
    make.registration(meeting, gender="woman", state="approved")
    forget()
    assert with_gender() == 0
    after = by_gender(meeting)
    assert (after["woman"], after["man"]) == (before["woman"], before["man"])
    assert after[""]["approved"] == before[""]["approved"] + 1
    assert len(db.session.scalars(select(GenderCount)).all()) == 1


def test_the_page_says_when_they_were_counted(
    client: PageClient, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(manage, "now", lambda: LONG_AFTER)
    client.sign_in(make.staff(meeting, "organizer"))
    page = "/meetings/spring/manage/balance"
    says = "Women and men as they were counted on"
    assert says not in client.get(page).text
    forget()
    assert says in client.get(page).text
    assert client.get("/meetings/spring/manage/?by=gender").status_code == 200


def counted(meeting: Meeting) -> BalanceCount:
    """The balance as the world reads it, counted now."""
    content = for_the_world(meeting, at=make.TODAY)
    return make.kept(BalanceCount(meeting=meeting, counted_at=make.TODAY, content=content, named=[]))


def test_what_the_world_reads_stays_and_is_not_counted_by_gender_afterwards(meeting: Meeting) -> None:
    before = counted(meeting).content
    assert before["breakdowns"]["gender"]
    forget()
    assert db.session.scalars(select(BalanceCount)).one().content == before
    assert "gender" not in for_the_world(meeting, at=LONG_AFTER)["breakdowns"]


def test_a_list_that_names_others_afterwards_takes_the_stages_it_is_in(meeting: Meeting) -> None:
    """Nobody can say any more whether fewer than five women are left whom it does not name."""
    one = counted(meeting)
    assert revealed_by_list(one, meeting).stages == []
    forget()
    assert revealed_by_list(one, meeting).stages == []
    women = db.session.scalars(select(Registration).where(Registration.state == "approved").limit(1)).all()
    with transaction():
        for woman in women:
            woman.lists_name = True
    assert revealed_by_list(one, meeting).stages == ["nominated", "registered", "approved"]
