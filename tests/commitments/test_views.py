import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import event, select

from eventapp.agenda.models import Session
from eventapp.commitments import queries
from eventapp.commitments.jobs import JOBS
from eventapp.commitments.models import FocalPoint
from eventapp.ground.db import db, transaction
from eventapp.ground.db.types import Base
from eventapp.ground.jobs.scheduler import work_through
from eventapp.mail.models import Letter
from eventapp.meetings.models import ORGANIZER, RAPPORTEUR, Meeting
from eventapp.meetings.themes.content import OwnLine, ThemeSet, as_record
from eventapp.record.extras.queries import newest_delivery
from eventapp.record.notes.models import Note
from tests import make
from tests.browserless import PageClient
from tests.commitments.test_register import WORDS, bodies, promised
from tests.counting import counted


def test_the_public_register_is_asked_and_taken_away(client: PageClient) -> None:
    assert "No commitments yet" in client.get("/commitments").text
    promised(make.session(make.meeting(slug="spring")))
    assert WORDS in client.get("/commitments?line=C4&meeting=spring&q=women").text
    assert "Nothing fits" in client.get("/commitments?status=done").text
    assert client.get("/commitments?_scheme=x&endpoint=y").status_code == 200  # words that addresses are made with
    file = client.get("/commitments.csv?line=C4")
    assert (file.mimetype, WORDS in file.text) == ("text/csv", True)
    assert WORDS not in client.get("/commitments.csv?line=C2").text


def test_the_public_register_is_asked_by_the_themes_of_the_meetings(client: PageClient) -> None:
    """Two meetings call different things P1; the title says which, in the form, beside each row and in the file."""
    for slug, title in (("spring", "Skills"), ("autumn", "Finance")):
        held = make.meeting(slug=slug)
        with transaction():
            held.themes = as_record([ThemeSet("set1", "Priorities", lines=(OwnLine("P1", title),))])
        promised(make.session(held), f"Of {slug}.", action_lines=("P1",))
    page = client.get("/commitments").text
    assert '<option value="P1 Skills">P1 Skills</option>' in page and ">P1 Finance<" in page
    assert '"C4' not in page and ">C4" not in page and '<th scope="col">Themes</th>' in page
    assert '<span class="al"><b>P1</b> Finance</span>' in page
    for asked in ("/commitments", "/commitments.csv"):
        found = client.get(f"{asked}?line=P1+Skills").text
        assert "Of spring." in found and "Of autumn." not in found
    promised(make.session(make.meeting()), "Of WSIS.")
    page = client.get("/commitments?line=C4").text
    assert "Of WSIS." in page and "Of spring." not in page and ">P1 Skills<" in page


def followed(client: PageClient) -> tuple[Meeting, Note, str]:
    """A meeting that follows another one of the same body, and what that one left open."""
    first = bodies(make.meeting(starts_on=date(2025, 3, 1), ends_on=date(2025, 3, 1)), "REVIEW")
    made = promised(make.session(first, body_id=first.bodies[0].id, code="S1"))
    following = bodies(make.meeting(), "REVIEW")
    client.sign_in(make.staff(following, RAPPORTEUR))
    return following, made, f"/meetings/{following.slug}/manage/commitments"


def test_the_next_meeting_starts_with_the_open_ones_and_tells_what_became_of_them(client: PageClient) -> None:
    meeting, made, address = followed(client)
    record = client.get(f"/meetings/{meeting.slug}/record").text
    assert "1 commitment is open from earlier meetings" in record
    assert f"{address}/{made.id}" in record
    assert WORDS in client.get(address).text
    wrong = {"state": "extended", "due_on": "next year", "remark": "The budget is late."}
    answer = client.post(f"{address}/{made.id}", data=wrong)
    assert answer.status_code == 422 and "The budget is late." in answer.text
    assert client.post(f"{address}/{made.id}", data={**wrong, "due_on": "2026-12-01"}).status_code == 303
    newest = newest_delivery(made)
    assert newest is not None and (newest.state, newest.due_on) == ("extended", date(2026, 12, 1))
    assert "The budget is late." in client.get(f"{address}/{made.id}").text
    client.post(f"{address}/{made.id}", data={"state": "done"})
    assert "None: every earlier commitment" in client.get(address).text
    assert client.get(f"{address}/{made.id}").status_code == 200
    assert "open from earlier" not in client.get(f"/meetings/{meeting.slug}/record").text


def test_a_meeting_of_another_body_tells_nothing_about_it(client: PageClient) -> None:
    _meeting, made, _address = followed(client)
    other = bodies(make.meeting(), "ANOTHER")
    client.sign_in(make.staff(other, RAPPORTEUR))
    address = f"/meetings/{other.slug}/manage/commitments"
    assert client.get(f"{address}/{made.id}").status_code == 404
    assert client.post(f"{address}/{made.id}", data={"state": "done"}).status_code == 404
    assert WORDS in client.get(address).text
    assert f"{address}/{made.id}" not in client.get(address).text
    assert WORDS in client.get(f"{address}.csv").text


def test_a_list_of_three_asks_as_much_as_a_list_of_one(client: PageClient) -> None:
    meeting, _made, address = followed(client)
    counts = []
    for number in (1, 2):
        for _one in range(number):
            promised(make.session(meeting))
        with counted() as statements:
            client.get(address)
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_what_is_waited_for_comes_first_by_its_day(client: PageClient) -> None:
    session = make.session(make.meeting(slug="spring"))
    wanted: dict[str, dict[str, Any]] = {
        "To be done last": {"due_on": date(2027, 1, 1)},
        "Done long ago": {"due_on": date(2025, 1, 1), "delivery": "done"},
        "No day is known": {"due_on": None},
        "To be done first": {"due_on": date(2026, 1, 1)},
    }
    for words, facts in wanted.items():
        promised(session, text=words, **facts)

    for page in (client.get("/commitments").text, client.get("/commitments.csv").text):
        told = sorted(wanted, key=page.index)
        assert told == ["To be done first", "To be done last", "No day is known", "Done long ago"]


def unowned() -> tuple[Meeting, Note, str]:
    """A commitment of somebody whose address nobody knows."""
    meeting = make.meeting()
    made = promised(make.session(meeting), who="Everybody", organization="", due_on=date(2026, 3, 20))
    return meeting, made, f"/meetings/{meeting.slug}/manage/commitments/{made.id}"


def test_an_organizer_names_whom_to_remind_where_nobody_is_found(client: PageClient) -> None:
    meeting, made, address = unowned()
    client.sign_in(make.staff(meeting, ORGANIZER))
    assert "no address of its owner is known" in client.get(address).text
    wrong = client.post(f"{address}/focal-point", data={"name": "Dorji Wangmo", "email": "dorji"})
    assert wrong.status_code == 422 and "Write a full address" in wrong.text and 'value="Dorji Wangmo"' in wrong.text
    typed = {"name": "Dorji Wangmo", "email": "Dorji@Example.org"}
    for _again in range(2):
        assert client.post(f"{address}/focal-point", data=typed).status_code == 303
    assert "They would go to Dorji Wangmo." in client.get(address).text
    assert db.session.scalars(select(FocalPoint.note_id)).all() == [made.id]
    work_through(JOBS, at=datetime(2026, 3, 6, 1, tzinfo=UTC))
    assert [one.to for one in db.session.scalars(select(Letter))] == ["dorji@example.org"]


def test_who_was_named_comes_before_who_is_found_and_the_newest_counts(client: PageClient) -> None:
    meeting = make.meeting()
    session = make.session(meeting)
    made = promised(session, role_id=make.role(session, person_id=make.person("The speaker").id).id)
    address = f"/meetings/{meeting.slug}/manage/commitments/{made.id}"
    client.sign_in(make.staff(meeting, ORGANIZER))
    assert "They would go to The speaker." in client.get(address).text
    for name in ("First", "Second"):
        client.post(f"{address}/focal-point", data={"name": name, "email": f"{name}@example.org"})
    assert "They would go to Second." in client.get(address).text


def test_a_rapporteur_tells_what_became_of_it_and_names_nobody(client: PageClient) -> None:
    meeting, _made, address = unowned()
    client.sign_in(make.staff(meeting, RAPPORTEUR))
    assert "Name somebody to remind" not in client.get(address).text
    assert client.post(f"{address}/focal-point", data={"name": "A", "email": "a@example.org"}).status_code == 404


def test_a_long_register_is_read_page_by_page_and_loses_none(client: PageClient) -> None:
    session = make.session(make.meeting())
    for _ in range(61):
        promised(session)
    pages = [client.get(f"/commitments?q=women&page={number}").text for number in (1, 2)]
    shown = [one for page in pages for one in re.findall(rf'<span class="ref">({session.code}-\d+)</span>', page)]
    assert (len(shown), len(set(shown))) == (61, 61)
    assert 'rel="next" href="/commitments?q=women&amp;page=2"' in pages[0]
    assert client.get("/commitments.csv").text.count(f"{session.code}-") == 61


@pytest.mark.parametrize(
    "asked", ["", "?page=2", "?line=C4&country=BTN&status=open&overdue=1", "?meeting=spring&body=REVIEW"]
)
def test_a_page_of_twice_as_many_asks_and_reads_as_much(
    client: PageClient, monkeypatch: pytest.MonkeyPatch, asked: str
) -> None:
    """By the database alone: of a list of ten or of twenty, five are read."""
    monkeypatch.setattr(queries, "A_PAGE", 5)
    session = make.session(bodies(make.meeting(slug="spring"), "REVIEW"))
    number, read = session.id, list[tuple[int, int]]()
    for _twice in range(2):
        for _one in range(10):
            promised(db.session.get_one(Session, number), due_on=date(2026, 1, 1))
        db.session.expunge_all()
        with counted() as statements, loaded() as rows:
            page = client.get(f"/commitments{asked}").text
        assert page.count('<span class="ref">') == 5
        read.append((len(statements), len(rows)))
    assert read[0] == read[1]


@contextmanager
def loaded() -> Iterator[list[object]]:
    """Every row that becomes an object while this is open."""
    rows: list[object] = []

    def note(one: object, _context: object) -> None:
        rows.append(one)

    event.listen(Base, "load", note, propagate=True)
    try:
        yield rows
    finally:
        event.remove(Base, "load", note)
