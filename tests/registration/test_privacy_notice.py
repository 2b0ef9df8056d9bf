"""Which version of the privacy notice somebody accepted is kept with their registration."""

from datetime import date
from hashlib import sha256

import pytest
from flask import Flask

from config import ROOT
from eventapp.ground.db import db, transaction
from eventapp.home.registration.everything import all_about
from eventapp.meetings.models import ORGANIZER, Category, Meeting
from eventapp.people import notice
from eventapp.people.notice import NOTICES, current_notice, notice_called
from eventapp.registration.changes.actions import amend
from eventapp.registration.entry import own_token
from eventapp.registration.models import Registration
from tests import make
from tests.browserless import PageClient
from tests.make_registration import confirmed, same
from tests.registration.filling import send, set_clock, typed

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def meeting(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Meeting:
    set_clock(monkeypatch, make.TODAY)
    return make.meeting(slug="spring")


@pytest.fixture
def category(meeting: Meeting) -> Category:
    return make.category(meeting)


def test_the_text_of_the_notice_is_the_one_of_its_version() -> None:
    text = sha256((ROOT / "templates/home/privacy.html").read_bytes()).hexdigest()
    assert NOTICES[current_notice()] == text, "another text is another version: add its day in people/notice.py"
    assert list(NOTICES) == sorted(NOTICES)
    assert len(set(NOTICES.values())) == len(NOTICES)


def test_a_form_names_a_version_that_there_is() -> None:
    assert notice_called(current_notice().isoformat()) == current_notice()
    assert [notice_called(one) for one in (None, "", "1999-01-01", "x" * 9999)] == [None] * 4


def test_who_registers_accepts_the_version_the_form_leads_to(
    client: PageClient, meeting: Meeting, category: Category
) -> None:
    page = client.get(f"/meetings/spring/registration/new?category={category.code}").text
    assert f'<input type="hidden" name="notice" value="{current_notice()}">' in page
    answer = send(client, meeting, typed(category, notice=current_notice().isoformat()))
    assert answer.status_code == 303, answer.text
    one = db.session.query(Registration).one()
    assert one.privacy_notice == current_notice()
    assert all_about(one)["registration"]["privacy_notice"] == current_notice().isoformat()


def test_a_form_of_an_older_version_keeps_that_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notice, "NOTICES", {date(2026, 1, 5): "x", **NOTICES})
    assert notice_called("2026-01-05") == date(2026, 1, 5)
    assert current_notice() == max(NOTICES)


def test_who_changes_their_answers_accepts_the_newer_version(meeting: Meeting, category: Category) -> None:
    one = confirmed(meeting, category, privacy_notice=date(2026, 1, 5))
    with transaction():
        amend(one, same(one, job_title="Head", privacy_notice=current_notice()), by=one.person, at=make.TODAY)
    assert one.privacy_notice == current_notice()
    with transaction():
        amend(one, same(one, job_title="Chief"), by=None, at=make.TODAY)
    assert one.privacy_notice == current_notice()


def test_pages_say_which_was_accepted_and_nothing_where_none_was(
    client: PageClient, meeting: Meeting, category: Category
) -> None:
    one, other = confirmed(meeting, category, privacy_notice=date(2026, 11, 30)), confirmed(meeting, category)
    says = "Accepted: the version of 30 November 2026"
    assert says in client.get(f"/registrations/{own_token(one)}").text
    assert "Accepted: the version" not in client.get(f"/registrations/{own_token(other)}").text
    client.sign_in(make.staff(meeting, ORGANIZER))
    panel = "/meetings/spring/manage/registrations?state=everyone&open="
    assert says in client.get(panel + one.reference).text
    assert "Accepted: the version" not in client.get(panel + other.reference).text
    assert "Version of" in client.get("/privacy").text
