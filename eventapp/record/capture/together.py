"""Two rapporteurs in one session: what the others have saved, and who is writing now."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from eventapp.agenda.models import Session
from eventapp.ground.text.i18n import language
from eventapp.people.models import Person
from eventapp.record.drafts.queries import writing_in
from eventapp.record.notes.queries import stands_of

WRITING = timedelta(seconds=10)  # a text that was kept since then is being written: the page keeps it each second


@dataclass(frozen=True)
class Together:
    """Who writes in a session besides its reader, and a mark that changes with that and with every note."""

    writers: tuple[str, ...]
    mark: str


def together(session: Session, person: Person | None, at: datetime) -> Together:
    """Return how the session stands for this reader, in two queries of columns."""
    own = person.id if person else 0
    writers = tuple(writing_in(session, since=at - WRITING, besides=own))
    stands = (session.id, own, language(), writers, stands_of(session))
    return Together(writers, sha256(repr(stands).encode()).hexdigest()[:24])
