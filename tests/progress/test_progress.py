"""Over the meetings: what anyone may count, and what those who run a meeting see besides."""

import csv
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from flask import Flask

from eventapp.commitments.queries import commitments
from eventapp.ground.db import transaction
from eventapp.meetings.models import ORGANIZER, RAPPORTEUR, Meeting
from eventapp.people.models import Person
from eventapp.progress.queries import known_to
from eventapp.progress.years import Year, covered_chart, promised_chart, years
from eventapp.record.extras.delivery import report_delivery
from eventapp.record.notes.content import DELIVERIES
from eventapp.record.notes.models import Note
from eventapp.review.coverage.figures import Tagged, coverage
from eventapp.review.reports.queries import notes_counted
from tests import make, make_review
from tests.browserless import PageClient
from tests.counting import counted

LATER = make.TODAY + timedelta(days=400)


@pytest.fixture
def meetings(app: Flask) -> list[Meeting]:
    """Two years of one body, and a meeting of another body that is not published yet."""
    return [held(2025, "regional-review"), held(2026, "regional-review"), held(2026, "interagency", published_at=None)]


def held(year: int, body: str, **facts: object) -> Meeting:
    """A meeting with a published note, one that is only cleared, and commitments."""
    meeting = make.meeting(
        starts_on=date(year, 3, 16), ends_on=date(year, 3, 16), short_title=f"Review {year}", **facts
    )
    make.kept(make_review.body(meeting, body))
    session = make.session(meeting)
    make_review.note(session, state="published", action_lines=["C2"], goals=[9])
    make_review.note(session, action_lines=["C2"], goals=[1, 14])
    make_review.note(session, state="published", off_record=True, action_lines=["C5"], goals=[16])
    promise: dict[str, Any] = {"kind": "commitment", "action_lines": [], "goals": [], "state": "published"}
    make_review.note(session, **promise, delivery="done")
    make_review.note(session, **promise, due_on=date(2026, 3, 1))
    make_review.note(session, **{**promise, "state": "approved"}, delivery="dropped")
    return meeting


def seen(body: str = "", person: Person | None = None) -> list[Year]:
    return years(known_to(person), body, at=LATER)


def test_anyone_counts_what_is_published_year_by_year(meetings: list[Meeting]) -> None:
    found = seen("regional-review")
    assert [(year.year, year.table.notes, year.table.recorded, year.table.extra) for year in found] == [
        (2025, 3, 1, 0), (2026, 3, 1, 0),
    ]  # fmt: skip
    assert [(year.promised["done"], year.under_way, year.promised["dropped"], year.overdue) for year in found] == [
        (1, 1, 0, 1), (1, 1, 0, 1),
    ]  # fmt: skip
    assert found[0].covered("C2")[0] == 1
    assert [meeting.short_title for meeting in found[1].meetings] == ["Review 2026"]


def test_a_meeting_that_is_not_published_is_its_organizers_alone(meetings: list[Meeting]) -> None:
    assert seen("interagency") == []
    assert seen("interagency", make.staff(meetings[0], ORGANIZER)) == []
    assert seen("interagency", make.staff(meetings[2], RAPPORTEUR)) == []
    [year] = seen("interagency", make.staff(meetings[2], ORGANIZER))
    assert (year.table.notes, year.table.recorded, year.table.extra, year.promised["dropped"]) == (5, 2, 1, 1)


def test_who_runs_one_meeting_sees_no_more_of_another(meetings: list[Meeting]) -> None:
    earlier, later = seen("regional-review", make.staff(meetings[1], ORGANIZER))
    assert (earlier.table.notes, earlier.promised["dropped"]) == (3, 0)
    assert (later.table.notes, later.promised["dropped"]) == (5, 1)


def test_meetings_of_one_year_are_counted_together(meetings: list[Meeting]) -> None:
    found = seen("", make.administrator())
    assert [(year.year, len(year.meetings), year.table.notes) for year in found] == [(2025, 1, 5), (2026, 2, 10)]


def test_bars_have_their_numbers_and_one_scale(meetings: list[Meeting]) -> None:
    found = seen("regional-review")
    chart = covered_chart(found)
    assert chart.top == found[0].table.expected
    assert [bar.number for bar in chart.bars] == [1, 1]
    assert all(bar.y + bar.height == pytest.approx(170, abs=0.2) for bar in chart.bars)
    assert [(bar.kind, bar.number) for bar in promised_chart(found).bars][:3] == [
        ("done", 1),
        ("way", 1),
        ("dropped", 0),
    ]
    assert promised_chart([]).bars == ()


def test_a_chart_fits_its_width_until_it_has_many_years(meetings: list[Meeting]) -> None:
    [one, two] = seen("regional-review")
    for many in (1, 2, 5, 12, 40):
        chart = promised_chart([one, two] * many)
        assert all(0 < bar.x < bar.x + bar.width < 100 for bar in chart.bars)
        assert chart.is_crowded == (many * 2 > 5)


def test_page_and_file_say_the_same(client: PageClient, meetings: list[Meeting]) -> None:
    page = client.get("/progress?body=regional-review").text
    for words in ("Review 2025", "Review 2026", "1 done, 1 under way, 0 dropped", "Coverage by action line and year"):
        assert words in page
    assert "not public" not in page
    rows = list(csv.DictReader(StringIO(client.get("/progress.csv?body=regional-review").data.decode("utf-8-sig"))))
    assert [(row["Year"], row["With notes"], row["Done"], row["C2 ICT infrastructure"]) for row in rows] == [
        ("2025", "1", "1", "1"), ("2026", "1", "1", "1"),
    ]  # fmt: skip
    assert "With what is not public" in client.sign_in(make.staff(meetings[2], ORGANIZER)).get("/progress").text
    assert client.get("/progress?body=unknown").status_code == 200


def test_many_notes_cost_no_more_questions_and_count_the_same(client: PageClient, meetings: list[Meeting]) -> None:
    """The figures are those of a count in Python over whole notes, as it was done before."""
    client.sign_in(make.staff(meetings[2], ORGANIZER))
    with counted() as few:
        assert client.get("/progress").status_code == 200
    meetings.append(held(2026, "regional-review"))
    for place, meeting in enumerate(meetings * 3):
        mine = {"body_id": meeting.bodies[0].id} if place % 2 else {}
        session = make.session(meeting, rule=("open", "chatham", "closed")[place % 3], **mine)
        for number in range(3):
            made = make_review.note(
                session, kind=("trend", "commitment")[number % 2], state=("published", "approved")[place % 2],
                action_lines=["C2", "C5"][: number + 1], goals=[9, place % 17 + 1], off_record=number == 2,
            )  # fmt: skip
        with transaction():
            report_delivery(made, state="done", due_on=None, due_text="", remark="", by=None, at=make.TODAY)
    make_review.note(make.session(meetings[0], cancelled_at=make.TODAY), state="published")
    with counted() as many:
        assert client.get("/progress").status_code == 200
    assert len(many) == len(few)
    for person, own in ((None, set[int]()), (make.administrator(), {meeting.id for meeting in meetings})):
        for body in ("", "regional-review", "interagency"):
            assert [figures(year) for year in seen(body, person)] == list(by_hand(meetings, own, body))


def figures(year: Year) -> tuple[object, ...]:
    return year.year, year.table, dict(year.promised), year.overdue


def by_hand(meetings: list[Meeting], own: set[int], body: str) -> Iterator[tuple[object, ...]]:
    for year in (2025, 2026):
        here = {one.id for one in meetings if one.starts_on.year == year and (one.is_published or one.id in own)}
        rows = [one for one in commitments() if one.note.state == "published" or one.meeting.id in own]
        rows = [one for one in rows if one.meeting.id in here and (not body or body in one.bodies)]
        found = [note for one in meetings if one.id in here for note in notes_counted(one, cleared=False)]
        found = [one for one in found if one.session.cancelled_at is None]
        found = [one for one in found if one.state == "published" or one.session.meeting_id in own]
        found = [one for one in found if not body or body in bodies_of(one)]
        if any(not body or body == one.code for meeting in meetings if meeting.id in here for one in meeting.bodies):
            tagged = [Tagged(tuple(one.current.action_lines), tuple(one.current.goals)) for one in found]
            told = Counter(one.status for one in rows)
            yield (
                year,
                coverage(tagged),
                {code: told[code] for code in DELIVERIES},
                sum(one.is_overdue(LATER) for one in rows),
            )


def bodies_of(note: Note) -> list[str]:
    session = note.session
    return [session.body.code] if session.body else [body.code for body in session.meeting.bodies]


def test_before_the_first_meeting_the_page_says_so(client: PageClient) -> None:
    assert "No meeting yet" in client.get("/progress").text
