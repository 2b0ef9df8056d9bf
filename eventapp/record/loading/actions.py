"""Load a file of notes: every line is checked before the first is written, then they come in by a few at a time.

A transaction for all of 20,000 lines held the database for seconds. What came in is known again by its line, so that a
file whose loading was cut short is loaded again, and goes on where it was.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from flask_babel import force_locale
from sqlalchemy import select

from eventapp.agenda.models import Session
from eventapp.ground.db import db, lock
from eventapp.ground.db.apart import TRIES, Changed, looked, meanwhile
from eventapp.ground.jobs.pace import Pace
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _, language, ngettext
from eventapp.history.actions import record
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person
from eventapp.record.clearing.actions import approve
from eventapp.record.extras.translation import translate
from eventapp.record.loading.inserting import NewNote, insert_notes, new_note
from eventapp.record.loading.loaded import mark_of
from eventapp.record.loading.onlooker import Onlooker
from eventapp.record.loading.queries import CHANGED, NEW, SAME, Step, Steps, stands_of, steps_of
from eventapp.record.loading.reading import Fault, File
from eventapp.record.notes.models import APPROVED, DRAFT, REVISED, SUBMITTED, Note
from eventapp.record.notes.transitions import move
from eventapp.record.revisions.actions import change

STATES = (DRAFT, APPROVED)
LEAST, MOST = 5, 400  # how few lines a transaction has, and how many
LONG = 0.08  # seconds that one is to take


class Faulty(Refused):
    """A file that cannot be loaded, or not to its end, with what is wrong with each line and how many came in."""

    def __init__(self, faults: Sequence[Fault], came: int = 0) -> None:
        nothing = _("Nothing was loaded. Put the lines below right in the file, then choose it again.")
        super().__init__(_some_came(came) if came else nothing)
        self.faults, self.came = tuple(faults), came


def _some_came(came: int) -> str:
    return ngettext(
        "%(num)s note came in and stays; the meeting was changed meanwhile. Put the lines below right in the file, "
        "then choose it again: what came in does not come in twice.",
        "%(num)s notes came in and stay; the meeting was changed meanwhile. Put the lines below right in the file, "
        "then choose it again: what came in does not come in twice.",
        came,
    )


@dataclass(frozen=True)
class Ready:
    """What a file would do, worked out before anything is held, and the stand of each session that it rests on."""

    stands: Mapping[int, str]
    steps: Steps
    new: Mapping[int, NewNote]  # by line, as the next
    session_of: Mapping[int, int]

    @property
    def to_do(self) -> list[Step]:
        """The lines by which something is written."""
        return [step for step in self.steps.steps if step.what != SAME or step.translations]


@dataclass
class Loading:
    """A file on its way into a meeting, and the lines that came in until now."""

    meeting_id: int
    state: str
    by_id: int | None
    at: datetime
    on: Onlooker = field(default_factory=Onlooker)
    came: list[Step] = field(default_factory=list)
    many: int = 0  # lines by which something is written, with those that came in

    @property
    def so_far(self) -> int:
        """How many lines came in, with those of an earlier worker."""
        return len(self.came) + sum(self.on.before.values())

    @property
    def by(self) -> Person | None:
        """Who loads it."""
        return db.session.get_one(Person, self.by_id) if self.by_id else None

    def count(self, what: str) -> int:
        return sum(step.what == what for step in self.came)

    def take_all(self, found: Ready) -> None:
        """Write what was worked out, in short transactions. Raises Changed where the meeting is not as it was."""
        stands, to_do, pace, at = {**found.stands}, found.to_do, Pace(LEAST, MOST, LONG), 0
        self.many = len(self.came) + len(to_do)
        while at < len(to_do):
            with pace.timed() as size:
                some, is_last = to_do[at : at + size], at + size >= len(to_do)
                stands |= meanwhile(partial(self.write, found, some, stands, is_last=is_last, spoken=language()))
            self.came += some
            at += len(some)

    def write(
        self, found: Ready, some: Sequence[Step], stands: Mapping[int, str], *, is_last: bool, spoken: str
    ) -> dict[int, str]:
        with force_locale(spoken):
            after = self.take_some(found, some, stands)
            if is_last:
                self.note_down([*self.came, *some])
            return after

    def take_some(self, found: Ready, some: Sequence[Step], stands: Mapping[int, str]) -> dict[int, str]:
        """Write these lines. Returns how their sessions stand then."""
        meeting = db.session.get_one(Meeting, self.meeting_id)
        lock(meeting)
        self.on.coming(meeting, some, (len(self.came) + len(some)) / self.many)
        sessions = sorted({found.session_of[step.line.line] for step in some})
        if stands_of(meeting, sessions) != {one: stands[one] for one in sessions}:
            raise Changed
        new = [found.new[step.line.line] for step in some if step.what == NEW]
        refuse_known(new)
        made = iter(insert_notes(meeting, new, self.state, by=self.by, at=self.at))
        rows = [(step, next(made) if step.what == NEW else step.note_id) for step in some]
        faults = []
        for step, number in rows:
            if step.what != CHANGED and not step.translations:
                continue
            note = db.session.get_one(Note, number, populate_existing=True)
            try:
                take(step, note, self.state, by=self.by, at=self.at)
            except Refused as refused:
                faults.append(Fault(step.line.line, str(refused)))
        if faults:
            raise Faulty(faults)
        db.session.flush()
        return stands_of(meeting, sessions)

    def note_down(self, came: Sequence[Step]) -> None:
        """Say in the history of the meeting what came in, once for the file."""
        before = self.on.before
        counts = {what: before.get(what, 0) + sum(step.what == what for step in came) for what in (NEW, CHANGED)}
        if any(counts.values()):
            meeting = db.session.get_one(Meeting, self.meeting_id)
            record("loaded notes", meeting, by=self.by, at=self.at, state=self.state, **counts)


def load_file(
    meeting_id: int,
    file: File,
    *,
    by: Person | None,
    at: datetime,
    state: str = DRAFT,
    on: Onlooker | None = None,
) -> Steps:
    """Make of each line a note, or a further revision of the one it made before; what is there already stays.

    New notes are drafts, or with `state` approved. Returns what each line was. Raises Faulty, with nothing written,
    where any line is wrong; where one becomes wrong while others come in, what came in stays, and is counted. Cut
    short, it goes on when the file is loaded again.
    """
    loading = Loading(meeting_id, state, by.id if by else None, at, on or Onlooker())
    db.session.rollback()  # what the caller has read holds nothing meanwhile
    try:
        found = _loaded(loading, file)
    except Refused:
        if loading.came:
            meanwhile(lambda: loading.note_down(loading.came))
        raise
    finally:
        db.session.rollback()  # the caller reads anew
    came = {step.line.line: step for step in loading.came}
    return Steps(tuple(came.get(step.line.line, step) for step in found.steps), ())


def _loaded(loading: Loading, file: File) -> Steps:
    tries = 0
    while tries < TRIES:
        before = len(loading.came)
        try:
            found = looked(lambda: prepared(loading, file))
            with suppress(Changed):
                loading.take_all(found)
                return found.steps
        except Faulty as faulty:
            raise Faulty(faulty.faults, loading.so_far) from None
        tries = 0 if len(loading.came) > before else tries + 1
    came = len(loading.came)
    raise Refused(
        _("Notes of this meeting were changed again and again meanwhile. Load the file when nobody writes.")
        if not came
        else ngettext(
            "%(num)s note came in; others were changed again and again meanwhile. Load the file again: it goes on.",
            "%(num)s notes came in; others were changed again and again meanwhile. Load the file again: it goes on.",
            came,
        )
    )


def prepared(loading: Loading, file: File) -> Ready:
    """Work out what the file would do, while nothing is held. Raises Faulty where any line is wrong."""
    meeting = db.session.get_one(Meeting, loading.meeting_id)
    here = select(Session.id).where(Session.meeting_id == meeting.id)
    stands = stands_of(meeting, db.session.scalars(here).all())
    found = steps_of(meeting, file, loading.on.tell)
    if found.faults:
        raise Faulty(found.faults)
    new = {step.line.line: new_note(meeting, step.line) for step in found.steps if step.what == NEW}
    refuse_off_record(list(new.values()), loading.state)
    return Ready(stands, found, new, {step.line.line: step.line.session.id for step in found.steps})


def refuse_known(new: Sequence[NewNote]) -> None:
    """Raises Changed where a line was loaded meanwhile, into whatever session."""
    if db.session.scalar(select(Note.id).where(Note.client_key.in_([one.key for one in new])).limit(1)):
        raise Changed


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
