"""Notes that an editor is making of an input and has not recorded yet: kept on the server while they are typed."""

from datetime import datetime

from sqlalchemy import select

from eventapp.agenda.models import Session
from eventapp.db import db, lock
from eventapp.inputs.models import Input
from eventapp.outcomes.draft import Draft
from eventapp.outcomes.keys import kept_with_key
from eventapp.outcomes.models import KeptText
from eventapp.outcomes.sheltering import PASSAGE, Hold, goes_on, said_already, settle_typing, shelter
from eventapp.people.models import Person


def keep_begun(
    written: Input, session: Session, part: str, draft: Draft, *, key: str, by: Person, at: datetime, hold: Hold
) -> KeptText | None:
    """Keep what is being typed for a note of this part, as of any note; None where it is recorded already.

    It goes along where another session is chosen. An emptied text is thrown away: the passage stands there again.
    """
    lock(session)
    if said_already(session, draft, note_key(written, key), by, None):
        return None
    kept = kept_with_key(key, by)
    if kept is not None and goes_on(kept, kept.session, hold, None):
        kept.session = session
    if not draft.text:
        settle_typing(key, by=by, at=at)
        return kept
    content = {**draft.content(), "input": written.number, "part": part}
    return shelter(session, content, {"part": PASSAGE}, key=key, by=by, at=at, hold=hold)


def begun_of(written: Input, person: Person | None) -> dict[str, KeptText]:
    """What this person was making of the parts of this input and did not record: of each part the newest."""
    if person is None:
        return {}
    query = select(KeptText).join(KeptText.session).where(
        Session.meeting_id == written.meeting_id,
        KeptText.by_id == person.id,
        KeptText.part == PASSAGE,
        KeptText.settled_at.is_(None),
    )  # fmt: skip
    found = db.session.scalars(query.order_by(KeptText.at, KeptText.id))
    return {kept.content["part"]: kept for kept in found if kept.content["input"] == written.number}


def note_key(written: Input, key: str) -> str:
    """What a note made of this input is sent under."""
    return f"input {written.id} {key}"
