"""A session of its own for each test, and the browser of its rapporteur."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext
from sqlalchemy import select

from eventapp.agenda.models import Session
from eventapp.ground.db import db
from eventapp.meetings.models import RAPPORTEUR, Meeting
from tests import make
from tests.browser.site import Site


@pytest.fixture
def session(site: Site) -> Iterator[Session]:
    """A session of its own for each test."""
    meeting = db.session.scalars(select(Meeting).where(Meeting.slug == site.values["slug"])).one()
    yield make.session(meeting)
    db.session.rollback()


@pytest.fixture
def context(browser: Browser, site: Site) -> Iterator[BrowserContext]:
    """The rapporteur's browser, without the worker: it would hide a module that is broken on purpose."""
    context = browser.new_context(base_url=site.address, locale="en-GB", service_workers="block")
    site.enter(context, RAPPORTEUR)
    yield context
    context.close()
