"""Statements to test with, made the way the application makes them."""

from datetime import datetime

from eventapp.agenda.models import Session
from eventapp.floor.actions import ask, start, stop
from eventapp.floor.asking import Asking
from eventapp.floor.models import Statement
from eventapp.floor.queries import running_in
from eventapp.ground.db import transaction
from eventapp.meetings.models import Category
from eventapp.people.models import Person
from tests.make import TODAY


def asked(
    session: Session,
    name: str = "Anong Suksawat",
    organization: str = "",
    *,
    category: Category | None = None,
    by: Person | None = None,
    at: datetime = TODAY,
) -> Statement:
    """Somebody waits for the floor."""
    category_id = category.id if category else None
    with transaction():
        return ask(session, Asking(name, organization, category_id=category_id), by=by, at=at)


def begun(statement: Statement, *, by: Person | None = None, at: datetime = TODAY) -> Statement:
    """It is their turn, after whoever had the floor."""
    with transaction():
        return start(statement, after=running_in(statement.session), by=by, at=at)


def ended(statement: Statement, *, by: Person | None = None, at: datetime = TODAY) -> Statement:
    """Their turn is over."""
    with transaction():
        return stop(statement, by=by, at=at)
