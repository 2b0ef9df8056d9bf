"""What a page shows comes with the query that asks for it: touching an attribute loads no row, or no second one."""

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.ground.db import db
from eventapp.meetings.models import Staff
from eventapp.registration import entry
from eventapp.registration.entry import calendar_token, own_token
from tests import make
from tests.browserless import PageClient
from tests.make import TODAY
from tests.make_agenda import published
from tests.make_registration import asked, confirmed
from tests.registration.filling import set_clock


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    set_clock(monkeypatch, TODAY)


def test_the_pages_of_registration_load_nothing_by_touching_it(client: PageClient) -> None:
    meeting = make.meeting()
    make.session(meeting)
    published(meeting)
    registration, waits = confirmed(meeting), asked(meeting)
    slug, token, pending = meeting.slug, own_token(registration), own_token(waits)
    calendar = calendar_token(registration)
    pages = [
        f"/meetings/{slug}/registration/new",
        f"/meetings/{slug}/registration/done",
        f"/meetings/{slug}/registration/link",
        f"/meetings/{slug}/agenda",
        f"/registrations/{pending}/confirmation",
        f"/registrations/{token}/confirmation",
        f"/registrations/{token}",
        f"/registrations/{token}/edit",
        f"/registrations/{token}/withdrawal",
        f"/calendars/{calendar}.ics",
    ]

    assert {page: client.get(page).status_code for page in pages} == dict.fromkeys(pages, 200)


def test_a_page_that_does_is_refused(app: Flask, client: PageClient, monkeypatch: pytest.MonkeyPatch) -> None:
    app.config["PROPAGATE_EXCEPTIONS"] = True
    token = own_token(confirmed(make.meeting()))
    monkeypatch.setitem(vars(entry.OWN), "along", ())

    with pytest.raises(RuntimeError, match="one by one"):
        client.get(f"/registrations/{token}")


def test_no_page_loads_a_list_row_by_row(app: Flask) -> None:
    meeting = make.meeting()
    numbers = [make.staff(meeting, role).id for role in ("organizer", "steward")]
    db.session.expire_all()

    with app.test_request_context("/", method="GET"):
        first, second = db.session.scalars(select(Staff).where(Staff.person_id.in_(numbers)))
        assert first.person.id in numbers
        with pytest.raises(RuntimeError, match="one by one"):
            assert second.person
    assert second.person.id in numbers  # a command reads as it likes
