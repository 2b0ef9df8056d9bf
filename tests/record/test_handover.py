"""Who records what: shifts, one in another's place without loss, and a nudge at the end, once."""

import re
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.agenda.models import Session
from eventapp.ground.db import db, transaction
from eventapp.ground.jobs.scheduler import Job, work_through
from eventapp.ground.refusal import Refused
from eventapp.mail.actions import post
from eventapp.mail.models import Letter
from eventapp.meetings.models import ORGANIZER, RAPPORTEUR
from eventapp.people.models import Person
from eventapp.record.clearing.actions import submit_session
from eventapp.record.drafts.actions import keep_typing
from eventapp.record.drafts.queries import being_typed, left_behind
from eventapp.record.jobs import JOBS
from eventapp.record.notes.content import content_from
from eventapp.record.notes.queries import notes_of
from eventapp.record.rapporteurs.actions import assign, replace, set_shift, shift_of, take_over
from eventapp.record.rapporteurs.mails import nudge
from eventapp.record.rapporteurs.queries import candidates, who_records
from eventapp.record.sessions.actions import opened
from eventapp.record.sessions.queries import is_rapporteur_of, rapporteurs_of, session_at
from tests import make
from tests.browserless import PageClient
from tests.counting import counted
from tests.make import TODAY
from tests.make_record import draft, note

HALF = timedelta(minutes=30)


def running(**facts: str) -> Session:
    """A session that began at TODAY."""
    return make.session(make.meeting(), code="S3", starts_at=TODAY, **facts)


def recording(session: Session, name: str) -> Person:
    person = make.person(name)
    make.role(session, "rapporteur", name=name, organization="APCICT", person_id=person.id)
    return person


def subjects() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(Letter.subject).order_by(Letter.id)))


def test_several_record_one_session_in_shifts(app: Flask) -> None:
    session, first, second = running(), make.person("Kim Ji-won"), make.person("Lucia Fong")
    middle = TODAY + HALF
    with transaction():
        one = assign(session, first, by=None, at=TODAY, shift=(TODAY, middle))
        other = assign(session, second, by=None, at=TODAY)
        set_shift(other, (middle, session.ends_at), by=None, at=TODAY)
    assert [role.name for role in rapporteurs_of(session)] == ["Kim Ji-won", "Lucia Fong"]
    shift = shift_of(one)
    assert shift is not None
    assert (shift.starts_at, shift.ends_at) == (TODAY, middle)
    for span in ((middle, TODAY), (TODAY - HALF, middle), (middle, session.ends_at + HALF)):
        with pytest.raises(Refused, match="inside its session"), transaction():
            set_shift(one, span, by=None, at=TODAY)
    with pytest.raises(Refused, match="already"), transaction():
        assign(session, first, by=None, at=TODAY)
    with transaction():
        set_shift(one, None, by=None, at=TODAY)
    assert shift_of(one) is None


def test_who_is_replaced_loses_the_right_and_no_word(app: Flask) -> None:
    session = running()
    old, new = recording(session, "Kim Ji-won"), make.person("Lucia Fong")
    role = rapporteurs_of(session)[0]
    saved = note(session, by=old)
    with transaction():
        keep_typing(session, draft("Half a sen"), key="k", by=old, at=TODAY)
        set_shift(role, (TODAY, session.ends_at), by=None, at=TODAY)
    assert left_behind(session) == []
    with transaction():
        role = replace(role, new, by=None, at=TODAY + HALF)
    assert (is_rapporteur_of(old, session), is_rapporteur_of(new, session)) == (False, True)
    shift = shift_of(role)
    assert shift is not None
    assert (shift.starts_at, shift.ends_at) == (TODAY + HALF, session.ends_at)
    assert (notes_of(session), saved.author_id) == ([saved], old.id)

    [kept] = left_behind(session)
    with transaction():
        take_over(kept, by=new, at=TODAY + HALF)
    mine = being_typed(session, new)
    assert mine is not None
    assert (content_from(mine.content).text, content_from(kept.content).text) == ("Half a sen", "Half a sen")
    assert left_behind(session) == []
    with pytest.raises(Refused, match="already"), transaction():
        take_over(kept, by=new, at=TODAY + HALF)


def test_who_still_records_is_not_read_over_the_shoulder(app: Flask) -> None:
    session = running()
    other = recording(session, "Kim Ji-won")
    recording(session, "Lucia Fong")
    with transaction():
        keep_typing(session, draft("Half a sen"), key="k", by=other, at=TODAY)
    assert left_behind(session) == []


def test_who_is_free_comes_first(app: Flask) -> None:
    session = running()
    recording(session, "Kim Ji-won")
    beside = make.session(session.meeting, code="S4", starts_at=TODAY)
    recording(beside, "Arjun Prasad")
    free = make.staff(session.meeting, RAPPORTEUR, make.person("Lucia Fong"))
    found = candidates([session, beside], who_records(session.meeting))[session.id]
    assert [(one.person.name, one.busy) for one in found] == [(free.name, ""), ("Arjun Prasad", "S4")]


def test_a_rapporteur_is_nudged_once_half_an_hour_after_the_end(app: Flask) -> None:
    session = running()
    recording(session, "Kim Ji-won")
    when = session.ends_at + HALF
    assert work_through(JOBS, at=when - timedelta(seconds=1)) == {}
    assert work_through(JOBS, at=when) == {"nudges": 1}
    assert work_through(JOBS, at=when + HALF) == {}
    assert subjects() == ["Session S3 waits to be handed in"]


@pytest.mark.parametrize("why", ["handed in", "cancelled", "a break", "nobody", "long ago"])
def test_nobody_is_nudged_without_need(app: Flask, why: str) -> None:
    session = running(kind="break") if why == "a break" else running()
    if why != "nobody":
        recording(session, "Kim Ji-won")
    note(session)
    with transaction():
        if why == "handed in":
            submit_session(session, by=None, at=TODAY, despite="No time.")
        if why == "cancelled":
            session.cancelled_at = TODAY
    days = timedelta(days=2) if why == "long ago" else HALF
    assert work_through(JOBS, at=session.ends_at + days) == {}


def test_many_workers_nudge_once(app: Flask) -> None:
    session = running()
    recording(session, "Kim Ji-won")
    with transaction():
        opened(session)  # else the one row of the record is a guard of its own
    at = session.ends_at + HALF
    crowd(app, [Job(job.name, job.is_due, job.do) for job in JOBS], at)
    assert len(subjects()) == 1


def test_workers_that_do_not_look_again_nudge_twice(app: Flask) -> None:
    """The control: the test above can fail."""
    session = running()
    person = recording(session, "Kim Ji-won")
    with transaction():
        opened(session)
    number, somebody, at = session.id, person.id, session.ends_at + HALF
    seen = Barrier(6, timeout=60)

    def see(_at: object) -> bool:
        is_first = not subjects()
        seen.wait()  # everybody has looked before anybody writes
        return is_first

    def act(_at: object) -> int:
        late = db.session.get_one(Session, number)
        opened(late).nudged_at = at
        post(nudge(late, db.session.get_one(Person, somebody), 0), at=at)
        return 0

    crowd(app, [Job("nudges", see, act)], at)
    assert len(subjects()) > 1


def crowd(app: Flask, jobs: list[Job], at: object) -> None:
    def look() -> None:
        with app.app_context():
            work_through(jobs, at=at)  # type: ignore[arg-type]
            db.session.remove()

    db.session.rollback()
    workers = [Thread(target=look) for _ in range(6)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()


def test_a_rapporteur_is_replaced_in_two_clicks(client: PageClient) -> None:
    session = running()
    old = recording(session, "Kim Ji-won")
    role = rapporteurs_of(session)[0]
    new = make.staff(session.meeting, RAPPORTEUR, make.person("Lucia Fong"))
    client.sign_in(old)
    record = f"/meetings/{session.meeting.slug}/record/S3"
    client.post(f"{record}/typing", data={"key": "k", "text": "Half a sen", "kind": "trend", "ceiling": "nobody"})

    client.sign_in(make.staff(session.meeting, ORGANIZER))
    board = f"/meetings/{session.meeting.slug}/manage/rapporteurs"
    page = client.get(board).text
    assert "Kim Ji-won" in page
    assert "Lucia Fong" in page
    data = {"code": "S3", "rapporteur": str(role.id), "person": str(new.id)}
    assert client.post(board, data=data).status_code == 303
    assert [one.name for one in rapporteurs_of(session)] == ["Lucia Fong"]

    client.sign_in(old)
    assert client.get(record).status_code == 404
    client.sign_in(new)
    assert "Kim Ji-won was writing this" in client.get(record).text
    [kept] = left_behind(session)
    assert client.post(f"{record}/takeover", data={"kept": str(kept.id)}).status_code == 303
    assert "Half a sen</textarea>" in client.get(record).text
    assert client.post(f"{record}/takeover", data={"kept": str(kept.id)}).status_code == 404


def test_shifts_are_typed_as_the_clock_on_the_wall(client: PageClient) -> None:
    session = running()  # 09:00 to 10:30 in Bangkok
    recording(session, "Kim Ji-won")
    role = rapporteurs_of(session)[0]
    client.sign_in(make.staff(session.meeting, ORGANIZER))
    board = f"/meetings/{session.meeting.slug}/manage/rapporteurs"
    data = {"code": "S3", "rapporteur": str(role.id)}
    assert client.post(board, data={**data, "from": "9:00", "to": "09:45"}).status_code == 303
    assert "09:45" in client.get(board).text
    wrong = client.post(board, data={**data, "from": "soon", "to": "09:45"})
    assert (wrong.status_code, "hours and minutes" in wrong.text) == (422, True)
    outside = client.post(board, data={**data, "from": "09:00", "to": "12:00"})
    assert (outside.status_code, "inside its session" in outside.text) == (409, True)
    assert client.post(board, data={"code": "S3"}).status_code == 404
    assert client.post(board, data={"code": "S9"}).status_code == 404


def test_today_leads_to_the_session_with_its_rapporteur_open(client: PageClient) -> None:
    session = running()
    ada = recording(session, "Ada Byron")
    other = make.session(session.meeting, code="S4", starts_at=TODAY)
    recording(other, "Li Wenjing")
    client.sign_in(make.staff(session.meeting, ORGANIZER))
    board = f"/meetings/{session.meeting.slug}/manage/rapporteurs"
    assert f'href="{board}?open=S3#S3"' in client.get(f"/meetings/{session.meeting.slug}/manage/").text
    page = client.get(f"{board}?open=S3").text
    assert page.count("<details open>") == 1
    opened = page[page.index("<details open>") : page.index("</details>")]
    assert (f"mailto:{ada.email}" in opened, "Replace Ada Byron by" in opened) == (True, True)
    assert "<details open>" not in client.get(board).text


def test_the_board_costs_the_same_for_few_sessions_and_for_many(client: PageClient) -> None:
    """Each page asks the same questions, every session is on one page, and what leads to a session finds its page."""
    meeting = make.meeting()
    client.sign_in(make.staff(meeting, ORGANIZER))
    board = f"/meetings/{meeting.slug}/manage/rapporteurs"

    def more(number: int) -> None:
        session = make.session(meeting, code=f"S{number}", starts_at=TODAY + HALF * number)
        recording(session, f"Rapporteur {number}")
        note(session)

    more(0)
    client.get(board)
    with counted() as few:
        client.get(board)
    for number in range(1, 27):
        more(number)
    with counted() as many:
        first = client.get(board).text
    assert len(many) == len(few)
    second = client.get(f"{board}?page=2").text
    shown = [re.findall(r'<li id="(S\d+)"', page) for page in (first, second)]
    assert shown == [[f"S{number}" for number in range(25)], ["S25", "S26"]]
    assert first.count("also in") > 0  # who records beside it is said to
    assert "<details open>" in client.get(f"{board}?open=S26").text
    last = session_at(meeting, "S26")
    assert last is not None
    role = rapporteurs_of(last)[0]
    sent = client.post(board, data={"code": "S26", "rapporteur": str(role.id), "from": "", "to": ""})
    assert sent.location == f"{board}?page=2#S26"
    wrong = client.post(board, data={"code": "S26", "rapporteur": str(role.id), "from": "soon", "to": ""})
    assert 'id="S26"' in wrong.text
