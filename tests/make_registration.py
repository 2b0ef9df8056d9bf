"""Requests to attend, to test with. Every argument has a harmless default."""

from dataclasses import replace
from itertools import count
from typing import Any

from eventapp.ground.db import db, transaction
from eventapp.meetings.models import Category, Meeting
from eventapp.registration.actions import confirm
from eventapp.registration.application import Application, facts_of
from eventapp.registration.models import Registration
from eventapp.registration.register import register
from tests import make

_number = count(1)


def application(category: Category, **facts: Any) -> Application:
    """A request of somebody with an address of their own, for an organization."""
    number = next(_number)
    defaults: dict[str, Any] = {
        "email": f"guest{number}@example.org",
        "category": category.code,
        "given_name": "Anong",
        "family_name": f"Suksawat {number}",
        "record_name": f"Ms. Anong Suksawat {number}",
        "delegation": "Telecommunication Union",
    }
    return Application(**{**defaults, **facts})


def asked(meeting: Meeting, category: Category | None = None, **facts: Any) -> Registration:
    """A request that nobody has confirmed yet, sent TODAY."""
    category = category or make.category(meeting)
    at = facts.pop("at", make.TODAY)
    key = facts.pop("key", f"key-{next(_number)}")
    request = application(category, **facts)
    with transaction():
        return register(meeting, request, key=key, at=at)


def confirmed(meeting: Meeting, category: Category | None = None, **facts: Any) -> Registration:
    """A request whose address was confirmed TODAY, in whatever state that has brought it to."""
    registration = asked(meeting, category, **facts)
    with transaction():
        confirm(registration, at=facts.get("at", make.TODAY))
    return registration


def same(registration: Registration, **changes: object) -> Application:
    """What is on record, with these changes."""
    return replace(Application(email=registration.person.email, **facts_of(registration)), **changes)  # type: ignore[arg-type]


def states(*registrations: Registration) -> list[str]:
    """The states as the database has them now."""
    db.session.rollback()
    return [registration.state for registration in registrations]
