"""All that is kept about one person for one meeting, to take along: as plain values, times in UTC."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from eventapp.agenda.queries import roles_of
from eventapp.badges.queries import badges_of
from eventapp.checkin.models import Scan
from eventapp.db import db
from eventapp.floor.models import Statement
from eventapp.history.queries import entries_of
from eventapp.people.models import SignIn
from eventapp.registration.application import facts_of
from eventapp.registration.models import Amendment, Decision, Registration, Upload
from eventapp.registration.queries import letters_about

Values = dict[str, Any]


def all_about(registration: Registration) -> Values:
    """What the person told us, what was decided, and the traces they left. Files are named; each has its own link."""
    person, mine = registration.person, registration.id
    return {
        "meeting": {"slug": registration.meeting.slug, "title": registration.meeting.title},
        "person": {"name": person.name, "email": person.email, "language": person.language},
        "registration": {
            "reference": registration.reference,
            "state": registration.state,
            "reason": registration.reason,
            **of(registration, "asked_at", "confirmed_at", "approved_at"),
            "answers": facts_of(registration),
        },
        "files": [of(one, "kind", "given_name", "uploaded_at", "replaced_at") for one in rows(Upload, mine)],
        "decisions": [of(one, "at", "before", "after", "reason", "undone_at") for one in rows(Decision, mine)],
        "changes": [
            of(one, "asked_at", "changes", "decided_at", "accepted", "reason") for one in rows(Amendment, mine)
        ],
        "letters": [of(one, "posted_at", "subject", "sent_at") for one in letters_about(registration)],
        "badges": [of(one, "code", "issued_at", "printed_at", "ended_at") for one in badges_of(registration)],
        "scans": [{"gate": one.gate.name, **of(one, "scanned_at", "verdict", "undone_at")} for one in rows(Scan, mine)],
        "parts": [{"session": role.session.code, "part": role.role} for role in roles_of(person, registration.meeting)],
        "statements": [
            {"session": one.session.code, **of(one, "asked_at", "started_at", "ended_at")}
            for one in rows(Statement, mine)
        ],
        "sign_ins": [of(one, "signed_in_at", "last_seen_at", "browser", "ended_at") for one in sign_ins(person.id)],
        "history": [of(one, "at", "verb", "detail") for one in entries_of(registration)],
    }


def of(row: Any, *names: str) -> Values:
    """These values of a row, times as ISO 8601."""
    values = {name: getattr(row, name) for name in names}
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in values.items()}


def rows(model: Any, registration: int) -> list[Any]:
    """The rows of this kind about a registration, the oldest first."""
    return list(db.session.scalars(select(model).where(model.registration_id == registration).order_by(model.id)))


def sign_ins(person: int) -> list[SignIn]:
    return list(db.session.scalars(select(SignIn).where(SignIn.person_id == person).order_by(SignIn.id)))
