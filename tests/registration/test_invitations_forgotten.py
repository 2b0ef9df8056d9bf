"""Invitations that nobody registered by go by the clock: with their links, the addresses in letters, and their names."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, func, select

from eventapp.ground.db import db, transaction
from eventapp.ground.db import lock as held
from eventapp.ground.db.types import Base
from eventapp.ground.jobs.scheduler import work_through
from eventapp.ground.refusal import Refused
from eventapp.history.chain import verify
from eventapp.history.models import Entry
from eventapp.links import access as gate
from eventapp.links.actions import issue, link_for_letter
from eventapp.links.models import Link
from eventapp.links.queries import behind
from eventapp.mail.models import Letter
from eventapp.meetings.models import Category, Meeting
from eventapp.meetings.retention.actions import change_retention
from eventapp.meetings.retention.models import Deletion
from eventapp.registration import views as registering
from eventapp.registration.forms.registration import RegistrationForm
from eventapp.registration.imports import actions as importing
from eventapp.registration.imports import working
from eventapp.registration.imports.models import ADDED, DONE, GUESTS, LEFT, UNDONE, Import, ImportRow
from eventapp.registration.invitations import actions, retention, views
from eventapp.registration.invitations.actions import (
    Guest,
    Terms,
    decline_invitation,
    end_invitation,
    invite,
    open_group,
    register_by,
)
from eventapp.registration.invitations.models import LINK, Invitation
from eventapp.registration.jobs import JOBS
from eventapp.registration.models import Registration
from tests import make
from tests.browserless import PageClient
from tests.make import TODAY
from tests.make_registration import application
from tests.registration.filling import typed
from tests.registration.test_imports import worked

ANE, MEI = Guest("Ane", "Tabai", "ane@example.org"), Guest("Mei", "Lin", "mei@example.org")
LAST = TODAY + timedelta(days=14)  # of the meeting
LONG_AFTER = LAST + timedelta(days=32)


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    return make.meeting(slug="spring", capacity=50)


@pytest.fixture
def category(meeting: Meeting) -> Category:
    return make.category(meeting, takes_registrations=False)


def invited(meeting: Meeting, category: Category, *guests: Guest) -> list[tuple[Invitation, str]]:
    """An invitation of each, the first invited first, with the secret of its link."""
    by = make.person()
    with transaction():
        rows = invite(meeting, guests, Terms(category), by=by, at=TODAY)
        return [(one, link_for_letter(LINK, one, meeting_id=meeting.id, at=TODAY)) for one in rows]


def in_database(words: str) -> bool:
    db.session.rollback()
    tables = (Invitation, Letter, Link, Entry, ImportRow)
    return any(words in str(row) for one in tables for row in db.session.execute(one.__table__.select()))


def test_who_did_not_register_is_forgotten_and_who_did_stays(meeting: Meeting, category: Category) -> None:
    [(ane, _hers), (mei, came_by)] = invited(meeting, category, ANE, MEI)
    by = make.person()
    with transaction():
        open_group(meeting, "Friends", 5, Terms(category), by=by, at=TODAY)
    with transaction():
        register_by(mei, application(category, email=MEI.email), key="k", at=TODAY, language="en")
    with transaction():
        decline_invitation(ane, at=TODAY)
    with transaction():
        end_invitation(ane, by=by, at=TODAY)
    number = ane.id

    assert work_through(JOBS, at=LAST + timedelta(days=30)) == {}
    assert in_database("ane@example.org")
    assert work_through(JOBS, at=LONG_AFTER)["forget invitations"] == 1

    assert not any(in_database(words) for words in ("Tabai", "ane@example.org"))
    left = db.session.scalars(select(Invitation.family_name).order_by(Invitation.id)).all()
    assert left == ["Lin", "Friends"]
    assert behind(LINK, came_by) is not None
    assert db.session.scalar(select(func.count()).where(Link.purpose == LINK.code, Link.target == number)) == 0
    assert in_database("mei@example.org")
    about = db.session.scalars(select(Letter.about).where(Letter.kind == "registration/mail/invited.txt")).all()
    assert set(about) == {None, f"registration_invitation:{mei.id}"}
    assert verify() == []
    verbs = db.session.scalars(select(Entry.verb).where(Entry.thing == "meeting")).all()
    assert {"declined an invitation", "ended an invitation", "deleted invitations"} <= set(verbs)
    gone = db.session.execute(select(Deletion.sort, Deletion.number, Deletion.origin)).all()
    assert ("invitations", 1, "usual") in [tuple(row) for row in gone]
    assert "forget invitations" not in work_through(JOBS, at=LONG_AFTER)


def test_a_meeting_says_its_own_days(meeting: Meeting, category: Category) -> None:
    invited(meeting, category, ANE)
    with transaction():
        change_retention(meeting, {"invitations": 0}, by=None, at=TODAY)
    assert work_through(JOBS, at=LAST) == {}
    assert work_through(JOBS, at=LAST + timedelta(days=1)) == {"forget invitations": 1}


def forget_all(meeting: Meeting) -> None:
    with transaction():
        retention.forget_next(LONG_AFTER)
    db.session.expire_all()


def newcomer(meeting: Meeting, category: Category, number: int) -> Invitation:
    """Somebody whose row got the number of one that was deleted, as SQLite does."""
    terms = {"skips_approval": False, "invited_at": TODAY, "email": "new@example.org", "family_name": "New"}
    return make.kept(Invitation(id=number, meeting_id=meeting.id, category_id=category.id, **terms))


def test_a_row_that_gets_the_number_is_opened_by_no_old_link(meeting: Meeting, category: Category) -> None:
    [(ane, token)] = invited(meeting, category, ANE)
    number = ane.id
    with transaction():
        above = db.session.scalars(select(Link)).one()
        issue(LINK, ane, meeting_id=meeting.id, at=TODAY, under=above)
    forget_all(meeting)
    made = newcomer(meeting, category, number)
    assert (made.id, behind(LINK, token)) == (number, None)


def test_control_where_links_stay_the_old_one_opens_the_new_row(
    meeting: Meeting, category: Category, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "forget", lambda _purpose, _numbers: None)
    [(ane, token)] = invited(meeting, category, ANE)
    number = ane.id
    forget_all(meeting)
    newcomer(meeting, category, number)
    found = behind(LINK, token)
    assert found is not None and found[1].email == "new@example.org"


def test_a_form_that_comes_too_late_is_told(
    client: PageClient, meeting: Meeting, category: Category, monkeypatch: pytest.MonkeyPatch
) -> None:
    for room in (views, gate):
        monkeypatch.setattr(room, "now", lambda: TODAY)
    [(_ane, token)] = invited(meeting, category, ANE)
    real = registering.checked

    def checked(form: RegistrationForm) -> Any:
        """Meanwhile the worker deletes it."""
        forget_all(meeting)
        return real(form)

    monkeypatch.setattr(views, "checked", checked)
    answer = client.post(f"/invitations/{token}", data=typed(category))
    assert answer.status_code == 404
    assert db.session.scalars(select(Registration)).all() == []
    assert client.get(f"/invitations/{token}").status_code == 404


def test_who_waited_for_the_meeting_is_refused(
    meeting: Meeting, category: Category, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On PostgreSQL a form waits for the worker that holds the meeting, and finds no invitation."""
    [(ane, _token)] = invited(meeting, category, ANE)

    def lock(row: Base) -> None:
        if row is ane:
            db.session.execute(delete(Link))
            db.session.execute(delete(Invitation), execution_options={"synchronize_session": False})
        held(row)

    monkeypatch.setattr(actions, "lock", lock)
    with pytest.raises(Refused, match="was ended"), transaction():
        decline_invitation(ane, at=TODAY)


def test_to_undo_their_import_says_so_and_comes_to_an_end(
    meeting: Meeting, category: Category, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(working, "now", lambda: TODAY)
    [(ane, _token)] = invited(meeting, category, ANE)
    by = make.person()
    facts = {"language": "en", "given_name": "guests.csv", "heads": [], "example": [], "kind": GUESTS}
    one = make.kept(Import(meeting_id=meeting.id, by_id=by.id, at=TODAY, state=DONE, **facts))
    make.kept(
        ImportRow(
            import_id=one.id, number=2, outcome=ADDED, email="ane@example.org", cells=["Tabai"], invitation_id=ane.id
        )
    )
    number = ane.id
    forget_all(meeting)
    newcomer(meeting, category, number)
    with transaction():
        importing.undo(one, by=by, at=TODAY)
    worked(one)
    [row] = db.session.scalars(select(ImportRow)).all()
    assert (one.state, row.outcome, row.email, row.cells, row.invitation_id) == (UNDONE, LEFT, "", [], None)
    assert "the days for invitations are over" in str(row.faults)
    assert db.session.scalars(select(Invitation.ended_at)).all() == [None]
