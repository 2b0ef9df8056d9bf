"""Balance: counted in full for organizers, once and without small groups for anyone."""

import csv
from datetime import datetime, time, timedelta
from io import StringIO

import pytest
from flask import Flask

from eventapp.balance import queries
from eventapp.balance.actions import close_balance, open_balance
from eventapp.balance.charts import requests_by_day, women
from eventapp.balance.counting.stages import everybody
from eventapp.balance.jobs import LONG_JOBS
from eventapp.balance.queries import open_count
from eventapp.checkin.queries import count_of
from eventapp.ground.db import db, transaction
from eventapp.ground.jobs.scheduler import work_on_long
from eventapp.meetings.models import ORGANIZER, RAPPORTEUR, Meeting
from eventapp.registration.models import APPROVED, PENDING, UNCONFIRMED, Registration
from eventapp.review.publishing.actions import publish
from tests import make, make_review
from tests.browserless import PageClient
from tests.counting import counted

TODAY = make.TODAY
LATER = TODAY + timedelta(days=20)


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    return make.meeting(slug="spring", capacity=40)


def crowd(meeting: Meeting, kind: str, people: int, *, here: int = 0, **facts: object) -> list[Registration]:
    """So many people of a stakeholder type; the first of them were let in at a door."""
    category, sender = make.category(meeting, stakeholder_type=kind), make.delegation(meeting)
    rows = [make.registration(meeting, category=category, delegation=sender, **facts) for _one in range(people)]
    for row in rows[:here]:
        make_review.scan(meeting, row)
    return rows


def test_a_country_may_be_in_two_groups_and_counts_in_both(meeting: Meeting) -> None:
    crowd(meeting, "government", 3, country="BTN")  # least developed then, and landlocked
    crowd(meeting, "government", 2, country="THA")
    crowd(meeting, "un", 1)
    found = everybody(meeting, at=TODAY)
    assert {group.code: group.counts["approved"] for group in found.by("countries").groups} == {
        "LDC": 3, "LLDC": 3, "": 3,
    }  # fmt: skip
    apart = found.by("countries", apart=True)
    assert {group.code: group.counts["approved"] for group in apart.groups} == {"LDC+LLDC": 3, "": 3}
    assert apart.total.counts["nominated"] == 6


def test_requests_are_drawn_against_places_with_every_number(meeting: Meeting) -> None:
    for day in range(3):
        make.registration(meeting, asked_at=TODAY + timedelta(days=day), approved_at=TODAY + timedelta(days=day + 1))
    make.registration(meeting, asked_at=TODAY, state=PENDING)
    days = requests_by_day(meeting, at=LATER)
    assert days is not None
    assert [(one.asked, one.approved) for one in days.days][:4] == [(2, 0), (3, 1), (4, 2), (4, 3)]
    assert (days.days[0].day, days.days[-1].day) == (TODAY.date(), meeting.registration_closes_at.date())
    assert days.scale == ((190, 0), (115, 20), (40, 40))
    assert (days.places, days.y_places) == (40, 40)


def test_ten_days_at_most_are_drawn_and_one_is_none(meeting: Meeting) -> None:
    make.registration(meeting, asked_at=TODAY)
    assert requests_by_day(meeting, at=TODAY) is None
    make.registration(meeting, asked_at=TODAY - timedelta(days=90))
    days = requests_by_day(meeting, at=TODAY)
    assert days is not None
    assert len(days.days) == 10


def test_the_world_reads_large_groups_and_no_small_one(client: PageClient, meeting: Meeting) -> None:
    crowd(meeting, "government", 9, here=9, gender="woman")
    crowd(meeting, "civil-society", 8, here=8, gender="man")
    crowd(meeting, "media", 2, here=1, gender="")
    address = "/meetings/spring/balance"
    assert "Not open yet" in client.get(address).text
    assert client.get(f"{address}/balance.csv").text.count("\n") == 1
    with transaction():
        open_balance(meeting, by=None, at=TODAY)

    assert "Civil society; Media" in client.get(address).text
    rows = list(csv.reader(StringIO(client.get(f"{address}/balance.csv").data.decode("utf-8-sig"))))
    assert ["Stakeholder type", "Government", "Present", "9"] in rows
    assert ["Stakeholder type", "Civil society; Media", "Present", "9"] in rows
    assert min(int(row[3]) for row in rows[1:]) >= 5
    assert not any(row[2] == "Approved" for row in rows)  # one person more would tell of that one


def test_it_is_counted_once_whatever_happens_after(meeting: Meeting) -> None:
    crowd(meeting, "government", 9)
    with transaction():
        first = open_balance(meeting, by=None, at=TODAY).content
    crowd(meeting, "government", 1)
    with transaction():
        open_balance(meeting, by=None, at=LATER)
        close_balance(meeting, by=None, at=LATER)
        close_balance(meeting, by=None, at=LATER)
    assert open_count(meeting) is None
    with transaction():
        again = open_balance(meeting, by=None, at=LATER)
    assert (again.content, again.counted_at) == (first, TODAY)


def test_it_opens_by_itself_when_a_report_is_published(meeting: Meeting) -> None:
    [job] = LONG_JOBS
    session = make.session(meeting)
    make_review.note(session)
    report = make_review.report(meeting)
    assert not job.is_due(TODAY)
    publish(report, by=None, at=TODAY)
    assert job.is_due(TODAY)
    assert work_on_long(job, TODAY) == 1
    assert not job.is_due(TODAY)
    assert count_of(meeting) is not None


def test_organizers_read_every_number_and_open_it(client: PageClient, meeting: Meeting) -> None:
    crowd(meeting, "government", 6, here=6, gender="woman", country="BTN")
    crowd(meeting, "media", 2, gender="man")
    make.registration(meeting, asked_at=TODAY - timedelta(days=3), state=UNCONFIRMED)
    organizer = client.sign_in(make.staff(meeting, ORGANIZER))
    address = "/meetings/spring/manage/balance"
    page = organizer.get(address).text
    for words in ("Landlocked developing countries", "Media", "9 people asked to come, for 40 places", "Not open yet"):
        assert words in page
    assert organizer.post(address, data={"act": "nonsense"}).status_code == 422
    assert organizer.post(address, data={"act": "open"}).status_code == 303
    assert "Open to anyone" in organizer.get(address).text
    assert organizer.post(address, data={"act": "close"}).status_code == 303
    assert "Opened again, it shows what was counted" in organizer.get(address).text
    assert women(everybody(meeting, at=TODAY).by("gender")) is not None
    assert {row.state for row in db.session.query(Registration)} == {APPROVED, UNCONFIRMED}


def test_a_number_leads_organizers_to_the_people_behind_it_and_nobody_else(
    client: PageClient, meeting: Meeting
) -> None:
    crowd(meeting, "government", 2, here=1, record_name="Ms. Here BYRON", country="BTN")
    crowd(meeting, "un", 1, record_name="Mr. Un TURING")
    base = "/meetings/spring/manage/balance"
    address = f"{base}/people?stage=present&by=stakeholder&group=government"
    assert client.get(address).status_code in (302, 404)
    organizer = client.sign_in(make.staff(meeting, ORGANIZER))
    assert address.replace("&", "&amp;") in organizer.get(base).text
    page = organizer.get(address).text
    assert "Ms. Here BYRON" in page and "TURING" not in page and "1 person" in page
    both = organizer.get(f"{base}/people?stage=approved").text
    assert "BYRON" in both and "TURING" in both and "3 people" in both
    assert "Nobody of this group" in organizer.get(f"{base}/people?stage=spoke&by=stakeholder&group=un").text
    for wrong in ("stage=never", "stage=present&by=hats", "stage=present&by=stakeholder&group=x",
                  "stage=present&by=gender&group=woman"):  # fmt: skip
        assert organizer.get(f"{base}/people?{wrong}").status_code == 404, wrong
    assert "by=gender" not in organizer.get(base).text


def test_many_people_behind_a_number_are_listed_by_the_page(
    client: PageClient, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "A_PAGE", 2)
    for family in ("ASTER", "BYRON", "CURIE"):
        crowd(meeting, "un", 1, family_name=family, record_name=f"Ms. {family}")
    organizer = client.sign_in(make.staff(meeting, ORGANIZER))
    address = "/meetings/spring/manage/balance/people?stage=approved&by=stakeholder&group=un"
    pages = [organizer.get(f"{address}&page={number}").text for number in (1, 2)]
    assert [[name in page for name in ("ASTER", "BYRON", "CURIE")] for page in pages] == [
        [True, True, False],
        [False, False, True],
    ]
    assert all("3 people" in page for page in pages)
    assert "page=2&amp;stage=approved&amp;by=stakeholder&amp;group=un" in pages[0]


def test_a_list_of_many_asks_as_much_as_a_list_of_one(client: PageClient, meeting: Meeting) -> None:
    organizer, counts = client.sign_in(make.staff(meeting, ORGANIZER)), []
    for _round in range(2):
        crowd(meeting, "government", 2)
        with counted() as statements:
            organizer.get("/meetings/spring/manage/balance/people?stage=approved")
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_the_public_page_leads_to_nobody(client: PageClient, meeting: Meeting) -> None:
    crowd(meeting, "government", 9, here=9)
    crowd(meeting, "civil-society", 8, here=8)
    with transaction():
        open_balance(meeting, by=None, at=TODAY)
    page = client.get("/meetings/spring/balance").text
    assert "Counted once" in page and "/people?" not in page


def test_a_public_line_of_one_group_says_that_it_is_without_those_of_two(client: PageClient, meeting: Meeting) -> None:
    crowd(meeting, "government", 9, here=9, country="BTN")  # least developed then, and landlocked
    crowd(meeting, "government", 8, here=8, country="BGD")
    crowd(meeting, "government", 7, here=7, country="THA")
    with transaction():
        open_balance(meeting, by=None, at=TODAY)
    page = client.get("/meetings/spring/balance").text
    assert "Least developed countries, and in no other group" in page
    assert "Least developed countries + Landlocked developing countries" in page
    assert "In none of these groups, and" not in page and "Government, and in no other" not in page


def test_the_page_of_the_review_leads_there_whoever_may_go(client: PageClient, meeting: Meeting) -> None:
    address = f'href="/meetings/{meeting.slug}/manage/balance"'
    review = f"/meetings/{meeting.slug}/review"
    assert address in client.sign_in(make.staff(meeting, ORGANIZER)).get(review).text
    assert address not in client.sign_in(make.staff(meeting, RAPPORTEUR)).get(review).text


def test_a_day_ends_at_midnight_where_the_meeting_is(meeting: Meeting) -> None:
    late = datetime.combine(TODAY.astimezone(meeting.tz).date(), time(23, 59), meeting.tz)
    for asked_at in (late, late + timedelta(minutes=1), late + timedelta(days=1, minutes=1)):
        make.registration(meeting, asked_at=asked_at, approved_at=asked_at)
    days = requests_by_day(meeting, at=late + timedelta(days=2))
    assert days is not None
    assert [(one.asked, one.approved) for one in days.days][:3] == [(1, 1), (2, 2), (3, 3)]
