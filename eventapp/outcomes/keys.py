"""What came from a browser, by the key it came under: the same thing sent twice is there once."""

from sqlalchemy import select

from eventapp.db import db
from eventapp.outcomes.models import KeptText, Note, Revision
from eventapp.people.models import Person


def note_with_key(key: str) -> Note | None:
    """The note that was sent under this key of the browser."""
    return db.session.scalar(select(Note).where(Note.client_key == key))


def note_sent_as(sent: str) -> Note | None:
    """The newest note that came under this key, whatever its text was then."""
    return db.session.scalar(select(Note).where(Note.sent_as == sent).order_by(Note.id.desc()).limit(1))


def revision_with_key(key: str) -> Revision | None:
    """The revision that was sent under this key of the browser."""
    return db.session.scalar(select(Revision).where(Revision.client_key == key))


def kept_with_key(key: str, person: Person | None) -> KeptText | None:
    """The text that this person's browser sent under this key."""
    query = select(KeptText).where(KeptText.client_key == key, KeptText.by_id == (person.id if person else None))
    return db.session.scalar(query)
