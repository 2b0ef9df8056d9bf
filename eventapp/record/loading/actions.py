"""Load a file of notes: all of it, or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from eventapp.ground.db import db, lock
from eventapp.ground.db.apart import Changed, with_prepared
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.history.actions import record
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person
from eventapp.record.clearing.actions import approve
from eventapp.record.extras.translation import translate
from eventapp.record.loading.inserting import NewNote, insert_notes, new_note
from eventapp.record.loading.loaded import mark_of
from eventapp.record.loading.queries import CHANGED, NEW, SAME, Step, Steps, stand_of, steps_of
from eventapp.record.loading.reading import Fault, File
from eventapp.record.notes.models import APPROVED, DRAFT, REVISED, SUBMITTED, Note
from eventapp.record.notes.transitions import move
from eventapp.record.revisions.actions import change

STATES = (DRAFT, APPROVED)


class Faulty(Refused):
    """A file that cannot be loaded, with what is wrong with each line."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(_("Nothing was loaded. Put the lines below right in the file, then choose it again."))
        self.faults = tuple(faults)


@dataclass(frozen=True)
class Ready:
    """What a file would do, worked out before anything is held, and the stand of the meeting that it rests on."""

    stand: str
    steps: Steps
    new: tuple[NewNote, ...]


def load_file(meeting_id: int, file: File, *, by: Person | None, at: datetime, state: str = DRAFT) -> Steps:
    """Make of each line a note, or a further revision of the one it made before; what is there already stays.

    New notes are drafts, or with `state` approved. Raises Faulty, with nothing written, where any line is wrong. All is
    worked out and checked while nothing is held, and written at once where the meeting is still as it was.
    """

    def prepare() -> Ready:
        db.session.rollback()  # as it is now
        return ready(db.session.get_one(Meeting, meeting_id), file)

    def write(found: Ready) -> Steps:
        return load_ready(db.session.get_one(Meeting, meeting_id), found, by=by, at=at, state=state)

    otherwise = _("Notes of this meeting were changed again and again meanwhile. Load the file when nobody writes.")
    return with_prepared(prepare, write, otherwise=otherwise)


def load_notes(meeting: Meeting, file: File, *, by: Person | None, at: datetime, state: str = DRAFT) -> Steps:
    """Do as load_file does, in a transaction that is open already."""
    lock(meeting)
    return load_ready(meeting, ready(meeting, file), by=by, at=at, state=state)


def ready(meeting: Meeting, file: File) -> Ready:
    """Work out what the file would do. Raises Faulty where any line is wrong."""
    stand, found = stand_of(meeting), steps_of(meeting, file)
    if found.faults:
        raise Faulty(found.faults)
    return Ready(stand, found, tuple(new_note(meeting, step.line) for step in found.steps if step.what == NEW))


def load_ready(meeting: Meeting, found: Ready, *, by: Person | None, at: datetime, state: str) -> Steps:
    """Write what was worked out. Raises Changed where the meeting is not as it was, Faulty where a line is refused."""
    lock(meeting)
    if stand_of(meeting) != found.stand:
        raise Changed
    refuse_off_record(found.new, state)
    made = iter(insert_notes(meeting, found.new, state, by=by, at=at))
    rows = [(step, next(made) if step.what == NEW else None) for step in found.steps.steps]
    faults = []
    for step, number in rows:
        if step.what == SAME and not step.translations:
            continue
        if step.what == NEW and not step.translations:
            continue
        note = db.session.get_one(Note, number or step.note_id, populate_existing=True)
        try:
            take(step, note, state, by=by, at=at)
        except Refused as refused:
            faults.append(Fault(step.line.line, str(refused)))
    if faults:
        raise Faulty(faults)
    counts = {what: found.steps.count(what) for what in (NEW, CHANGED, SAME)}
    if counts[NEW] or counts[CHANGED]:
        record("loaded notes", meeting, by=by, at=at, state=state, **counts)
    return found.steps


def refuse_off_record(new: Sequence[NewNote], state: str) -> None:
    if state == APPROVED:
        sentence = _("What is off the record never leaves its session, and is not approved.")
        faults = [Fault(one.line, sentence) for one in new if one.columns["off_record"]]
        if faults:
            raise Faulty(faults)


def take(step: Step, note: Note, state: str, *, by: Person | None, at: datetime) -> None:
    """Change the note of a line that says something else now, and write the translations that it has beside it."""
    if step.what == CHANGED:
        lock(note)
        change(
            note,
            step.line.content.tidy(note.session),
            REVISED,
            by=by,
            at=at,
            key=mark_of(note, note.head + 1, step.line),
        )
    for place, base in step.translations:
        translate(note, step.line.translations[place], base=base, by=by, at=at)
    if state == APPROVED and step.what == CHANGED:
        clear(note, by=by, at=at)


def clear(note: Note, *, by: Person | None, at: datetime) -> None:
    """Approve a note that nobody handed in: the file was cleared where it comes from."""
    if note.state == DRAFT:
        move(note, SUBMITTED, by=by, at=at)
    approve(note, by=by, at=at)
