"""A session of its own for each test, and the capture screen of it in its rapporteur's browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page
from sqlalchemy import select

from eventapp.agenda.models import Session
from eventapp.ground.db import db
from eventapp.meetings.models import RAPPORTEUR, Meeting
from tests import make
from tests.browser.capture import opened
from tests.browser.site import Site


@pytest.fixture
def session(site: Site) -> Iterator[Session]:
    """A session of its own for each test."""
    meeting = db.session.scalars(select(Meeting).where(Meeting.slug == site.values["slug"])).one()
    session = make.session(meeting)
    make.role(session, name="Samira Haddad", organization="ITU")
    yield session
    db.session.rollback()


@pytest.fixture
def page(context: BrowserContext, site: Site, session: Session) -> Page:
    """The capture screen of that session, open in the rapporteur's browser."""
    site.enter(context, RAPPORTEUR)
    return opened(context, site, session)
