"""Notes that an editor makes of an input: kept on the server while they are typed, then recorded."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select

from eventapp.agenda.models import Session
from eventapp.drafts.actions import Sent, Slot, discard, follows, keep
from eventapp.drafts.models import Draft
from eventapp.drafts.queries import mine, with_key
from eventapp.ground.db import lock
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.inputs.actions import write_down
from eventapp.inputs.models import Input, InputNote
from eventapp.inputs.queries import revisions_of
from eventapp.people.models import Person
from eventapp.record.drafts.actions import said_already, settle_typing
from eventapp.record.drafts.queries import PASSAGE
from eventapp.record.notes.content import NoteContent
from eventapp.record.notes.models import Note
from eventapp.record.revisions.actions import record_note


def keep_passage(
    written: Input,
    session: Session,
    part: str,
    content: NoteContent,
    sent: Sent,
    *,
    wanted: str,
    key: str,
    by: Person,
    at: datetime,
) -> Draft | None:
    """Keep what is being typed for a note of this part, as of any note; None where it is recorded already.

    It goes along where another session is chosen. `wanted` is what was typed as its code, which may be none yet. An
    emptied text is discarded: the passage stands there again.
    """
    lock(session)
    if said_already(session, content, note_key(written, key), by, None):
        return None
    slot = Slot(PASSAGE, session.id, person_id=by.id, key=key)
    before = with_key(key, by.id)
    if before is not None and follows(before, replace(slot, scope_id=before.scope_id), sent):
        before.scope_id = session.id
    if not content.text:
        return discard(slot, sent, at=at)
    return keep(
        slot, {**content.as_json(), "input": written.number, "part": part, "session": wanted}, sent, at=at
    ).draft


def passages_of(written: Input, person: Person | None) -> dict[str, Draft]:
    """What this person was making of the parts of this input and did not record: of each part the newest."""
    if person is None:
        return {}
    sessions = select(Session.id).where(Session.meeting_id == written.meeting_id)
    found = mine(person, Draft.kind == PASSAGE, Draft.scope_id.in_(sessions))
    return {draft.content["part"]: draft for draft in reversed(found) if draft.content["input"] == written.number}


def note_key(written: Input, key: str) -> str:
    """What a note made of this input is sent under."""
    return f"input {written.id} {key}"


def note_from(
    written: Input, session: Session, part: str, draft: NoteContent, *, by: Person | None, at: datetime, key: str
) -> Note:
    """Record one idea of a passage as a note whose source is the input; many notes may come of one input.

    Refused where the input was taken back or not sent, and as in record_note.
    """
    lock(session)
    lock(written)
    if not written.stands:
        raise Refused(_("%(ref)s was withdrawn, or was not sent: no note is made of it.", ref=written.reference))
    note = record_note(session, draft, by=by, at=at, key=note_key(written, key), illustrative=written.illustrative)
    settle_typing(key, by=by, at=at)
    note.origin = f"input:{written.number}"
    if all(one.note_id != note.id for one in written.notes):
        written.notes.append(InputNote(note=note, part=part, revision=revisions_of(written)[0].number))
        write_down("made a note of an input", written, by=by, at=at, note=note.reference)
    return note
