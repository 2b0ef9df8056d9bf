"""What the worker does to a file of notes: check it, or let its notes in, while nothing is held.

What it writes down of a check, and the notes themselves, are written in short transactions, each of which looks first
whether the file is this worker's still. So a worker that died has left whole notes, and the next one goes on.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial

from sqlalchemy import insert

from eventapp.ground.db import db
from eventapp.ground.db.apart import looked, meanwhile
from eventapp.ground.db.types import Record
from eventapp.ground.jobs.leased import DONE, FAILED, LEASE, attempted, teller, unfinished_in, watched
from eventapp.ground.text.policy import writable
from eventapp.meetings.models import Meeting
from eventapp.record.loading.actions import Faulty, load_file
from eventapp.record.loading.arriving.actions import (
    AT_ONCE,
    Lease,
    forget_lines,
    forget_part,
    ours,
    refuse_who_may_not,
)
from eventapp.record.loading.arriving.models import LOAD, NotesImport
from eventapp.record.loading.arriving.models import NotesImportLine as ImportLine
from eventapp.record.loading.arriving.queries import file_of, lines_of
from eventapp.record.loading.onlooker import Onlooker
from eventapp.record.loading.queries import CHANGED, NEW, SAME, Step, Steps, steps_of
from eventapp.record.loading.reading import Fault, File, read_file

SHOWN = 300  # lines of a preview
LONGEST = 400  # characters of a note in it
ROWS = 200  # lines written down in one transaction
ALMOST = 99  # percent, until all is written down

Clock = Callable[[], datetime]


def work(lease: Lease, clock: Clock) -> Callable[[], None] | None:
    """Do it. Return what is to be written where it was not done."""
    act = let_in if lease.act == LOAD else check
    end = partial(_end, lease, clock)
    return attempted(f"Notes {lease.import_id}", lease.language, lambda: act(lease, clock), end)


def check(lease: Lease, clock: Clock) -> None:
    """Find what each line would become, and write down every fault, or the first lines."""
    file, tell = read(lease, clock), teller(lambda share: _go_on(lease, share, clock), clock)
    found = looked(lambda: steps_of(db.session.get_one(Meeting, lease.meeting_id), file, tell))
    rows = fault_rows(found.faults) if found.faults else [row_of(step) for step in found.steps[:SHOWN]]
    write_down(lease, rows, clock)
    meanwhile(partial(_checked, lease, counted(file, found), clock()))


def read(lease: Lease, clock: Clock) -> File:
    """Read the file; who reads it keeps it, however long that takes."""
    content = file_of(lease.import_id)
    db.session.rollback()
    return watched(lambda: read_file(content), lambda: meanwhile(partial(_keep, lease, clock)))


def write_down(lease: Lease, rows: Sequence[Record], clock: Clock) -> None:
    """Keep these lines for the page, some at a time, and none of an earlier look."""
    while meanwhile(partial(_forget_some, lease, clock)):
        pass
    for start in range(0, len(rows), ROWS):
        meanwhile(partial(_put, lease, rows[start : start + ROWS], clock))


def let_in(lease: Lease, clock: Clock) -> None:
    """Let the notes of the file in. Where a line became wrong, every fault is kept with the file."""
    row = db.session.get_one(NotesImport, lease.import_id)
    by, state, before = row.by, row.comes_as, {NEW: row.came_new, CHANGED: row.came_changed}
    refuse_who_may_not(row.meeting, by, state)
    file, at = read(lease, clock), clock()
    tell = teller(lambda share: _go_on(lease, share, clock), clock)
    on = Onlooker(
        tell=lambda done, many: tell(done, 2 * many),  # the other half is to write them
        coming=lambda meeting, some, share: _come(lease, meeting, some, share, clock),
        before=before,
    )
    try:
        load_file(lease.meeting_id, file, by=by, at=at, state=state, on=on)
    except Faulty as faulty:
        write_down(lease, fault_rows(faulty.faults), clock)
        meanwhile(partial(_faulty, lease, faulty.faults))
        raise
    meanwhile(partial(_loaded, lease, clock()))
    while meanwhile(lambda: forget_part(lease.import_id)):
        pass
    while meanwhile(lambda: forget_lines(lines_of(lease.import_id, most=AT_ONCE))):
        pass


def fault_rows(faults: Iterable[Fault]) -> list[Record]:
    """These as rows of the table. What a file says in them may be what no database takes."""
    return [{"line": fault.line, "sentence": writable(fault.sentence), "shown": {}} for fault in faults]


def row_of(step: Step) -> Record:
    """A line as the preview has it. The words of what is off the record are not kept."""
    content = step.line.content
    who = ", ".join(filter(None, (content.speaker, content.organization)))
    words = content.text[:LONGEST] + ("…" if len(content.text) > LONGEST else "")
    shown: Record = {
        "what": step.what,
        "session": step.line.session.code,
        "kind": content.kind,
        "language": content.language,
    }
    shown |= {"off_record": True} if content.off_record else {"who": who, "words": words}
    return {"line": step.line.line, "sentence": "", "shown": shown}


def counted(file: File, found: Steps) -> dict[str, int]:
    """What the row of the file says of it."""
    translated = sum(step.what == SAME and bool(step.translations) for step in found.steps)
    counts = {name: found.count(what) for name, what in (("new", NEW), ("changed", CHANGED), ("same", SAME))}
    return {**counts, "translated": translated, "lines": len(file.lines), "faulty": many_of(found.faults)}


def many_of(faults: Iterable[Fault]) -> int:
    """In how many lines they are."""
    return len({fault.line for fault in faults})


def _keep(lease: Lease, clock: Clock) -> None:
    _hold(lease, clock)


def _hold(lease: Lease, clock: Clock) -> NotesImport:
    row = ours(lease)
    row.until = clock() + LEASE
    return row


def _go_on(lease: Lease, share: int, clock: Clock) -> None:
    ours(lease).go_on(min(share, ALMOST), clock())


def _forget_some(lease: Lease, clock: Clock) -> int:
    _hold(lease, clock)
    return forget_lines(lines_of(lease.import_id, most=AT_ONCE))


def _put(lease: Lease, rows: Sequence[Record], clock: Clock) -> None:
    _hold(lease, clock)
    db.session.execute(insert(ImportLine), [{**row, "import_id": lease.import_id} for row in rows])


def _checked(lease: Lease, counts: Mapping[str, int], at: datetime) -> None:
    row = ours(lease)
    for name, count in counts.items():
        setattr(row, name, count)
    _over(row, at)


def _come(lease: Lease, meeting: Meeting, some: Sequence[Step], share: float, clock: Clock) -> None:
    """These lines come in, in the transaction that this is in: it is written down with them."""
    row = _hold(lease, clock)
    refuse_who_may_not(meeting, row.by, row.comes_as)
    row.came_new += sum(step.what == NEW for step in some)
    row.came_changed += sum(step.what == CHANGED for step in some)
    row.share, row.stuck = min(round(100 * (1 + share) / 2), ALMOST), 0


def _faulty(lease: Lease, faults: Sequence[Fault]) -> None:
    ours(lease).faulty = many_of(faults)


def _loaded(lease: Lease, at: datetime) -> None:
    row = ours(lease)
    row.faulty = 0
    _over(row, at)


def _over(row: NotesImport, at: datetime) -> None:
    row.state, row.share, row.stuck, row.ended_at = DONE, 100, 0, at


def _end(lease: Lease, clock: Clock, state: str, sentence: str) -> None:
    row = ours(lease)
    row.sentence = unfinished_in(lease.language) if state == FAILED and lease.act == LOAD else sentence
    row.state, row.ended_at = state, clock()
