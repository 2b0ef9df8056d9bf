"""Keeping what is being typed, before it is a note: for the person who types it, on whatever device they go on."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from eventapp.agenda.models import Session
from eventapp.db import db, lock
from eventapp.history.actions import record
from eventapp.outcomes.draft import Draft
from eventapp.outcomes.keys import kept_with_key, note_with_key, revision_with_key
from eventapp.outcomes.models import KeptText, Note
from eventapp.people.models import Person
from eventapp.refusal import Refused
from eventapp.tokens import hashed
from eventapp.words import _

PASSAGE = "passage"  # part of a kept text: a note that is being made of a written input, whose number is beside it


class Hold(NamedTuple):
    """Which text a window of a browser has: `mark` names this sending of it, `over` the one it was written on.

    A mark begins with the name of its window, up to a full stop.
    """

    mark: str = ""
    over: str = ""
    is_unchanged: bool = False  # nothing was typed since the server had it
    taken_back: str = ""  # the key it was on its way under when it was taken back into the form


class Sheltered(NamedTuple):
    """What became of a text that is being typed."""

    kept: KeptText | None = None
    note: Note | None = None  # the note that says exactly this already


class Change(NamedTuple):
    """The note that is being changed, and the revision somebody reads while they change it."""

    note: Note
    base: int


def keep_typing(
    session: Session,
    draft: Draft,
    *,
    key: str,
    by: Person,
    at: datetime,
    hold: Hold | None = None,
    change: Change | None = None,
) -> Sheltered:
    """Keep what is being typed and not saved yet, once for each key of the browser; half a sentence is welcome.

    Where another window or device went on with the text, or decided about it, nothing is written over: this one is kept
    beside it, with its mark as its key. Nothing is kept where it is a note already, or was left behind unchanged.
    """
    lock(session)
    hold = hold or Hold()
    note = said_already(session, draft, key, by, change)
    if note is not None:
        return Sheltered(note=note)
    like = {"part": "change", "note": change.note, "base": change.base} if change else {}
    return Sheltered(shelter(session, draft.content(), like, key=key, by=by, at=at, hold=hold))


def shelter(
    session: Session,
    content: dict[str, Any],
    like: Mapping[str, Any],
    *,
    key: str,
    by: Person,
    at: datetime,
    hold: Hold,
) -> KeptText | None:
    """Keep this content of a text like that, once for each key; None where it was left behind unchanged."""
    kept = kept_with_key(key, by)
    if kept is not None and not goes_on(kept, session, hold, like.get("note")):
        if hold.is_unchanged:
            return None
        key = hold.mark or hashed(f"{key} {at.isoformat()}")
        kept = kept_with_key(key, by)
    if kept is None:
        kept = KeptText(session=session, by=by, client_key=key, content={}, at=at, **like)
        db.session.add(kept)
    if kept.settled_at is None:
        kept.content, kept.at, kept.mark, kept.taken_back = content, at, hold.mark, hold.taken_back
        db.session.flush()
    return kept


def settle_typing(key: str, *, by: Person | None, at: datetime) -> None:
    """What was being typed under this key is a note now, or a revision, or set aside beside one."""
    kept = kept_with_key(key, by) if key else None
    if kept is not None:
        kept.settled_at = at


def throw_away(kept: KeptText, *, by: Person, at: datetime) -> None:
    """Somebody does not want their unfinished text any more. What was set aside in a conflict stays in its history."""
    lock(kept.session)
    db.session.refresh(kept)
    if kept.by_id != by.id or not kept.is_unfinished:
        raise Refused(_("This text was decided on already. Load the page again to see where it is."))
    kept.settled_at = at
    record("threw away", kept.session, by=by, at=at, meeting_id=kept.session.meeting_id, kept=kept.id)


def said_already(session: Session, draft: Draft, key: str, by: Person, change: Change | None) -> Note | None:
    """The note that says exactly this since it was sent under this key."""
    if change is None:
        sent = fingerprint(f"session {session.id} {key}", draft, by)
        return note_with_key(sent) if sent else None
    sent = fingerprint(f"note {change.note.id} {key}", draft, by)
    return change.note if sent and (revision_with_key(sent) or kept_with_key(sent, by)) else None


def goes_on(kept: KeptText, session: Session, hold: Hold, note: Note | None) -> bool:
    """Whether what is sent was written on this text, and nobody went on with it elsewhere."""
    if kept.note_id != (note.id if note else None):
        return False
    same_window = bool(hold.mark) and window_of(kept.mark) == window_of(hold.mark)
    return kept.settled_at is None and kept.session_id == session.id and (same_window or kept.mark == hold.over)


def window_of(mark: str) -> str:
    return mark.partition(".")[0]


def sent_as(session: Session, key: str, by: Person | None) -> str | None:
    """Tells what one person's browser sent under this key, whatever its text."""
    return hashed(f"{by.id if by else 0} session {session.id} {key}") if key else None


def fingerprint(key: str, draft: Draft, by: Person | None) -> str | None:
    """Tells one text sent twice from two texts; the browser's key alone would lose what was typed after Back."""
    if not key:
        return None
    content = json.dumps(draft.content(), sort_keys=True)
    return hashed(f"{by.id if by else 0} {key} {content}")
