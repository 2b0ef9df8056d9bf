"""Load a file of notes: all of it, or nothing."""

from collections.abc import Sequence
from datetime import datetime

from eventapp.ground.db import lock
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.history.actions import record
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person
from eventapp.record.clearing.actions import approve
from eventapp.record.extras.translation import translate
from eventapp.record.loading.loaded import key_of, mark_of
from eventapp.record.loading.queries import CHANGED, NEW, SAME, Step, Steps, steps_of
from eventapp.record.loading.reading import Fault, File
from eventapp.record.notes.models import APPROVED, DRAFT, REVISED, SUBMITTED, Note
from eventapp.record.notes.transitions import move
from eventapp.record.revisions.actions import change, record_note

STATES = (DRAFT, APPROVED)


class Faulty(Refused):
    """A file that cannot be loaded, with what is wrong with each line."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(_("Nothing was loaded. Put the lines below right in the file, then choose it again."))
        self.faults = tuple(faults)


def load_notes(meeting: Meeting, file: File, *, by: Person | None, at: datetime, state: str = DRAFT) -> Steps:
    """Make of each line a note, or a further revision of the one it made before; what is there already stays.

    New notes are drafts, or with `state` approved. Raises Faulty, with nothing written, where any line is wrong.
    """
    lock(meeting)
    found = steps_of(meeting, file)
    if found.faults:
        raise Faulty(found.faults)
    faults = []
    for step in found.steps:
        try:
            take(meeting, step, state, by=by, at=at)
        except Refused as refused:
            faults.append(Fault(step.line.line, str(refused)))
    if faults:
        raise Faulty(faults)
    counts = {what: found.count(what) for what in (NEW, CHANGED, SAME)}
    if counts[NEW] or counts[CHANGED]:
        record("loaded notes", meeting, by=by, at=at, state=state, **counts)
    return found


def take(meeting: Meeting, step: Step, state: str, *, by: Person | None, at: datetime) -> None:
    content, note = step.line.content, step.note
    if step.what == NEW:
        note = record_note(step.line.session, content, by=by, at=at)
        note.client_key = key_of(meeting, step.line)
        note.current.client_key = mark_of(note, note.head, step.line)
    elif step.what == CHANGED and note:
        lock(note)
        change(
            note,
            content.tidy(step.line.session),
            REVISED,
            by=by,
            at=at,
            key=mark_of(note, note.head + 1, step.line),
        )
    if note is None:
        return
    for place, base in step.translations:
        translate(note, step.line.translations[place], base=base, by=by, at=at)
    if state == APPROVED and step.what != SAME:
        clear(note, by=by, at=at)


def clear(note: Note, *, by: Person | None, at: datetime) -> None:
    """Approve a note that nobody handed in: the file was cleared where it comes from."""
    if note.state == DRAFT:
        move(note, SUBMITTED, by=by, at=at)
    approve(note, by=by, at=at)
