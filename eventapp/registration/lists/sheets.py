"""Lists of registrations for a spreadsheet."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from eventapp.ground.tables.writing import as_written, csv_of, harmless, xlsx_of
from eventapp.ground.text.i18n import _, _l
from eventapp.ground.text.worded import worded
from eventapp.registration.application import in_words
from eventapp.registration.lists.answer_columns import Beside
from eventapp.registration.lists.columns import COLUMNS
from eventapp.registration.lists.listing import ACCEPTED, MISSING, RECEIVED, Row
from eventapp.registration.models import (
    APPROVED,
    DECLINED,
    LAPSED,
    PENDING,
    UNCONFIRMED,
    WAITING,
    WITHDRAWN,
    Registration,
)

__all__ = ["as_written", "cell", "cells", "csv_of", "harmless", "xlsx_of"]  # lists are written as any table is
STATES = {
    UNCONFIRMED: _l("Not confirmed"),
    PENDING: _l("To check"),
    WAITING: _l("Waiting"),
    APPROVED: _l("Approved"),
    DECLINED: _l("Refused"),
    WITHDRAWN: _l("Withdrawn"),
    LAPSED: _l("Lapsed"),
}
LETTERS = {MISSING: _l("Missing"), RECEIVED: _l("Received"), ACCEPTED: _l("Accepted")}


def cells(rows: Iterable[Row], columns: Iterable[str], beside: Beside) -> list[list[str]]:
    """One line for each registration, as text."""
    names = list(columns)
    return [[cell(row, name, beside) for name in names] for row in rows]


def cell(row: Row, name: str, beside: Beside) -> str:
    """What this column says of a registration."""
    found = FACTS.get(name)
    if name == "tags":
        return ", ".join(tag.name for tag in beside.tags.get(row.registration.id, ()))
    if name not in COLUMNS:
        return beside.answers.get(row.registration.id, {}).get(name, "")
    return found(row) if found else answer(row.registration, name)


def state_of(row: Row) -> str:
    """The state as the list on the page has it."""
    if row.registration.is_nominated:
        return _("Nominated, not confirmed")
    return _("Changed after approval") if row.is_changed else str(STATES[row.registration.state])


def answer(one: Registration, name: str) -> str:
    value = one.delegation.name if name == "delegation" else getattr(one, name)
    return in_words(name, value, {})


def written(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d %H:%M}" if at else ""


FACTS: Mapping[str, Callable[[Row], str]] = {  # the columns that are no answer of the form
    "number": lambda row: row.registration.reference,
    "state": state_of,
    "category": lambda row: worded(row.registration.category, "name"),
    "email": lambda row: row.registration.person.email if row.registration.person.has_address else "",
    "letter": lambda row: str(LETTERS.get(row.letter, "")),
    "sent": lambda row: written(row.registration.asked_at),
    "approved": lambda row: written(row.registration.approved_at),
}
