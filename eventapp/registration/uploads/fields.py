"""Fields of a registration that go by the days of its meeting, and what else says what stood in them."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, Text, cast, exists, or_, select

from eventapp.ground.db import db
from eventapp.ground.db.types import Record
from eventapp.history.erasing import seal_anew
from eventapp.history.models import Entry
from eventapp.meetings.retention.sorts import GENDER, LANGUAGES, NEEDS, PHONES, TITLES, UNITS
from eventapp.registration.application import PRIVATE, index
from eventapp.registration.models import Amendment, Registration

COLUMNS: Mapping[str, tuple[str, ...]] = {
    PHONES: ("phone",),
    NEEDS: ("access_needs", "dietary_needs"),
    LANGUAGES: ("languages",),
    TITLES: ("job_title",),
    UNITS: ("organization",),
    GENDER: ("gender",),
}
# Whether something stands in them, of the registration of a query.
FILLED: Mapping[str, ColumnElement[bool]] = {
    **{sort: or_(*(getattr(Registration, name) != "" for name in names)) for sort, names in COLUMNS.items()},
    LANGUAGES: cast(Registration.languages, Text) != "[]",
}
# Whether a change of them was asked for, the same.
ASKED: Mapping[str, ColumnElement[bool]] = {
    sort: exists().where(
        Amendment.registration_id == Registration.id,
        or_(*(cast(Amendment.changes, Text).contains(f'"{name}"') for name in COLUMNS[sort])),
    )
    for sort in (TITLES, UNITS)
}


def forget_fields(registration: Registration, sort: str, *, at: datetime) -> int:
    """Empty the fields of this sort, and take what they said out of changes and history. Returns 1 where one held
    anything.
    """
    names = COLUMNS[sort]
    was_there = any(getattr(registration, name) for name in names)
    for name in names:
        setattr(registration, name, [] if name == "languages" else "")
    named = [name for name in names if name not in PRIVATE]  # history never held what is private
    if named:
        forget_changes(registration, named, at=at)
        blank_history(registration, named, at=at)
    if sort == UNITS:
        index(registration, registration.delegation.name, registration.person.email)
    return int(was_there)


def forget_changes(registration: Registration, names: Collection[str], *, at: datetime) -> None:
    """Take these fields out of the changes that were asked for; one that asked for nothing else waits no more."""
    for one in db.session.scalars(select(Amendment).where(Amendment.registration_id == registration.id)):
        left = {name: pair for name, pair in one.changes.items() if name not in names}
        if left != one.changes:
            one.changes = left
            if not left and one.decided_at is None:
                one.decided_at, one.accepted = at, False


def blank_history(registration: Registration, names: Collection[str], *, at: datetime) -> None:
    """Leave in history that these fields were changed, as of what is private, and not what they said."""
    lines = select(Entry).where(Entry.thing == Registration.__tablename__, Entry.thing_id == registration.id)
    changed = []
    for entry in db.session.scalars(lines.where(Entry.number.is_not(None))):
        changes: Record = found if isinstance(found := entry.detail.get("changes"), dict) else {}
        named = [name for name in names if changes.get(name)]
        if named:
            entry.detail = {**entry.detail, "changes": {**changes, **dict.fromkeys(named)}}
            changed.append(entry)
    seal_anew(changed, registration, by=None, at=at)
