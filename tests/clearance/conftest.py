import pytest
from flask import Flask

from eventapp.meetings.models import ORGANIZER, Meeting
from eventapp.review.reports.models import Report
from tests import make, make_review
from tests.browserless import PageClient


@pytest.fixture
def report(app: Flask) -> Report:
    meeting: Meeting = make.meeting(mandate=[], objectives=[])
    session = make.session(meeting, kind="trends")
    for text in ("Prices fall.", "Networks grow."):
        make_review.note(session, text=text)
    return make_review.report(meeting)


@pytest.fixture
def editor(app: Flask, report: Report) -> PageClient:
    client = app.test_client()
    assert isinstance(client, PageClient)
    return client.sign_in(make.staff(report.meeting, ORGANIZER))
