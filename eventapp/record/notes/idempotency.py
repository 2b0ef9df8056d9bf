"""What came from a browser, by the key it came under: the same thing sent twice is there once."""

import json

from sqlalchemy import select

from eventapp.agenda.models import Session
from eventapp.ground.db import db
from eventapp.ground.security.tokens import hashed
from eventapp.people.models import Person
from eventapp.record.notes.content import NoteContent
from eventapp.record.notes.models import Note, Revision


def note_with_key(key: str) -> Note | None:
    """The note that was sent under this key of the browser."""
    return db.session.scalar(select(Note).where(Note.client_key == key))


def note_sent_as(sent: str) -> Note | None:
    """The newest note that came under this key, whatever its text was then."""
    return db.session.scalar(select(Note).where(Note.sent_as == sent).order_by(Note.id.desc()).limit(1))


def revision_with_key(key: str) -> Revision | None:
    """The revision that was sent under this key of the browser."""
    return db.session.scalar(select(Revision).where(Revision.client_key == key))


def sent_as(session: Session, key: str, by: Person | None) -> str | None:
    """Tells what one person's browser sent under this key, whatever its text."""
    return hashed(f"{by.id if by else 0} session {session.id} {key}") if key else None


def fingerprint(key: str, content: NoteContent, by: Person | None) -> str | None:
    """Tells one text sent twice from two texts; the browser's key alone would lose what was typed after Back."""
    return hashed(f"{by.id if by else 0} {key} {json.dumps(content.as_json(), sort_keys=True)}") if key else None
