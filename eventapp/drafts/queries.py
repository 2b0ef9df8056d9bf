from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, select

from eventapp.drafts.models import Draft
from eventapp.ground.db import db
from eventapp.people.models import Person

OPEN: tuple[ColumnElement[bool], ...] = (Draft.settled_at.is_(None), Draft.discarded_at.is_(None))
LASTS = timedelta(days=365)  # what nobody went on typing
AT_ONCE = 50  # rows that one transaction deletes
UNFINISHED: tuple[ColumnElement[bool], ...] = (*OPEN, Draft.is_second.is_(False))


def mine(person: Person, *which: ColumnElement[bool]) -> list[Draft]:
    """What this person was typing and did not save, the newest first; `which` narrows it to a page."""
    return list(db.session.scalars(newest_first().where(Draft.person_id == person.id, *UNFINISHED, *which)))


def with_key(key: str, person_id: int | None) -> Draft | None:
    """The draft that this person's browser sent under this key."""
    query = select(Draft).where(Draft.key == key, Draft.person_id == person_id)
    return db.session.scalar(query.execution_options(populate_existing=True))  # as it is under the lock of its scope


def newest_first() -> Select[Draft]:
    """The drafts, the one changed last first."""
    return select(Draft).order_by(Draft.updated_at.desc(), Draft.id.desc())


def old_drafts(at: datetime) -> Select[int]:
    """Ask for the drafts, by number, that their writers left a year ago and did not save.

    Not for a text behind a link, which is what stands in its form, and not for one that waits beside another.
    """
    theirs = (Draft.person_id.is_not(None), *UNFINISHED)
    return select(Draft.id).where(Draft.updated_at < at - LASTS, *theirs).order_by(Draft.id).limit(AT_ONCE)
