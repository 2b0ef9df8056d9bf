"""What only served the meeting is deleted: by the clock thirty days after it, or at once when somebody asks."""

from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.ground.db import db, transaction
from eventapp.ground.jobs.scheduler import Job, work_through
from eventapp.ground.refusal import Refused
from eventapp.history.models import Entry
from eventapp.history.queries import entries_of
from eventapp.links import access as gate
from eventapp.meetings.models import ORGANIZER
from eventapp.meetings.retention.queries import meetings_due
from eventapp.registration import manage, views
from eventapp.registration.actions import withdraw
from eventapp.registration.changes.actions import amend
from eventapp.registration.decisions import manage as deciding
from eventapp.registration.entry import own_token
from eventapp.registration.jobs import JOBS
from eventapp.registration.models import LETTER, PHOTO, Registration, Upload
from eventapp.registration.own import views as own
from eventapp.registration.queries import newest_upload
from eventapp.registration.uploads.retention import forget, forget_now, over_long_ago
from eventapp.registration.walk_ins import manage as walk_ins
from tests import make
from tests.browserless import PageClient
from tests.make import TODAY
from tests.make_registration import application, confirmed

ENDED = TODAY + timedelta(days=15)  # the day after the meeting
LONG_AFTER = ENDED + timedelta(days=31)
NEEDS: dict[str, Any] = {"phone": "+66 2 288 1234", "access_needs": "A ramp", "dietary_needs": "No peanuts"}


@pytest.fixture
def guest(app: Flask) -> Registration:
    """Somebody with a place who told us what they need, and sent a photograph and a letter."""
    registration = confirmed(make.meeting(slug="spring"), job_title="Director", gender="woman", **NEEDS)
    for kind in (PHOTO, LETTER):
        make.kept(
            Upload(
                registration_id=registration.id, kind=kind, content_type="image/jpeg", content=b"what it shows",
                sha256="0" * 64, given_name="Anong.jpg", uploaded_at=TODAY,
            )
        )  # fmt: skip
    return registration


def left_of(registration: Registration) -> tuple[Any, ...]:
    db.session.rollback()
    needs = tuple(getattr(registration, name) for name in NEEDS)
    return needs, list(db.session.scalars(select(Upload.content).order_by(Upload.id)))


ALL = (tuple(NEEDS.values()), [b"what it shows"] * 2)
NOTHING = (("", "", ""), [b""])  # that a letter came is counted in the balance


def test_thirty_days_after_the_meeting_what_was_private_is_gone(guest: Registration) -> None:
    assert work_through(JOBS, at=ENDED + timedelta(days=29)) == {}
    assert left_of(guest) == ALL

    assert work_through(JOBS, at=LONG_AFTER) == {"forget": 1}

    assert left_of(guest) == NOTHING
    assert (guest.record_name[:5], guest.job_title, guest.gender, guest.state) == (
        "Ms. A",
        "Director",
        "woman",
        "approved",
    )
    assert [entry.verb for entry in entries_of(guest)][-1] == "deleted what is private"
    assert work_through(JOBS, at=LONG_AFTER) == {}


def test_who_withdrew_is_forgotten_when_they_ask(guest: Registration) -> None:
    organizer = make.staff(guest.meeting, ORGANIZER)
    with pytest.raises(Refused, match="is to come"), transaction():
        forget(guest, by=organizer, at=TODAY)
    assert left_of(guest) == ALL

    with transaction():
        withdraw(guest, by=guest.person, at=TODAY)
    with transaction():
        forget(guest, by=organizer, at=TODAY)
    assert left_of(guest) == NOTHING
    with pytest.raises(Refused, match="Nothing private"), transaction():
        forget(guest, by=organizer, at=TODAY)


def test_history_never_holds_what_somebody_needs(guest: Registration) -> None:
    changed = application(
        guest.category,
        email=guest.person.email,
        record_name=guest.record_name,
        dietary_needs="No shellfish",
        gender="man",
    )
    with transaction():
        amend(guest, changed, by=guest.person, at=TODAY)
    lines = str([entry.detail for entry in db.session.scalars(select(Entry))])

    assert "'dietary_needs': None" in lines and "'gender': None" in lines
    assert "shellfish" not in lines and "peanuts" not in lines and "288 1234" not in lines


def test_an_organizer_deletes_from_the_panel(
    guest: Registration, client: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    for room in (manage, deciding, walk_ins, views, own, gate):
        monkeypatch.setattr(room, "now", lambda: ENDED)
    client.sign_in(make.staff(guest.meeting, ORGANIZER))
    panel = f"/meetings/spring/manage/registrations?state=everyone&open={guest.reference}"
    assert "Delete for good" in client.get(panel).text

    answer = client.post(f"/meetings/spring/manage/registrations/{guest.reference}", data={"do": "forget"})

    assert (answer.status_code, left_of(guest)) == (303, NOTHING)
    page = client.get(panel).text
    assert "Deleted meanwhile" in page and "Delete for good" not in page
    for kind in (PHOTO, LETTER):
        assert client.get(f"/meetings/spring/manage/registrations/{guest.reference}/{kind}").status_code == 404
        assert client.get(f"/registrations/{own_token(guest)}/{kind}").status_code == 404
    letter = newest_upload(guest, LETTER)
    assert letter is not None and not letter.has_content


WORKERS = 4


def at_once(app: Flask, act: Callable[[], object]) -> None:
    """So many workers do this at once, each with a connection of its own."""
    start = Barrier(WORKERS)

    def work() -> None:
        with app.app_context():
            start.wait()
            act()
            db.session.remove()

    db.session.rollback()
    workers = [Thread(target=work) for _worker in range(WORKERS)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    db.session.rollback()


def times_deleted(registration: Registration) -> int:
    return [entry.verb for entry in entries_of(registration)].count("deleted what is private")


def test_several_workers_delete_it_once(app: Flask, guest: Registration) -> None:
    at_once(app, lambda: work_through(JOBS, at=LONG_AFTER))
    assert (times_deleted(guest), left_of(guest)) == (1, NOTHING)


def test_control_workers_that_do_not_look_again_delete_it_several_times(app: Flask, guest: Registration) -> None:
    everybody = Barrier(WORKERS)
    due: dict[int, list[int]] = {}

    def look(at: datetime) -> bool:
        due[id(db.session())] = [one.id for one in over_long_ago(meetings_due(at), most=1)]
        everybody.wait()
        return bool(due[id(db.session())])

    def act(at: datetime) -> int:
        for number in due.pop(id(db.session())):
            forget_now(db.session.get_one(Registration, number), by=None, at=at)
        return 0

    at_once(app, lambda: work_through([Job("forget", look, act)], at=LONG_AFTER))
    assert times_deleted(guest) > 1
