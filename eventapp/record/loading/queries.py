"""What loading a file would do, line by line, before anything is written."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from functools import cache

from sqlalchemy import func, select

from eventapp.agenda.models import Session, SpeakingRole
from eventapp.ground.db import db, table_of
from eventapp.ground.jobs.leased import to_nobody
from eventapp.ground.text.i18n import _
from eventapp.meetings.models import Meeting
from eventapp.meetings.prepared.actions import Tell
from eventapp.meetings.themes.queries import themes_of
from eventapp.record.extras.models import Translation
from eventapp.record.loading.content import OWN, Line, line_of
from eventapp.record.loading.loaded import HALF, Loaded, fingerprint, key_of, loaded_by
from eventapp.record.loading.reading import MOST_FAULTS, Fault, File, too_many
from eventapp.record.notes.content import NoteContent, content_of
from eventapp.record.notes.models import PUBLISHED, Note, Revision
from eventapp.record.sessions.queries import sessions_recorded
from eventapp.record.sessions.speakers import speakers_of

NEW, CHANGED, SAME = "new", "changed", "same"


@dataclass(frozen=True)
class Step:
    """One line of a file, and what becomes of it."""

    line: Line
    what: str
    note: Note | None = None
    translated: tuple[Translation, ...] = ()
    note_id: int = 0

    @property
    def translations(self) -> tuple[tuple[int, int], ...]:
        """The translations that are to be written: (which of the line, the number it is written from)."""
        here = {one.language: one for one in self.translated}
        return tuple(
            (place, here[one.language].number if one.language in here else 0)
            for place, one in enumerate(self.line.translations)
            if one.language not in here or (here[one.language].text, here[one.language].title) != (one.text, one.title)
        )


@dataclass(frozen=True)
class Steps:
    """What loading a file would do; nothing is written where anything is wrong."""

    steps: tuple[Step, ...]
    faults: tuple[Fault, ...]

    def count(self, what: str) -> int:
        return sum(step.what == what for step in self.steps)


def stands_of(meeting: Meeting, sessions: Collection[int]) -> dict[int, str]:
    """Return, by session, what is another whenever lines of it would become something else.

    That is what the session is, who speaks, its notes and their translations, and the themes of the meeting.
    """
    here = Session.id.in_(sessions)
    themes = themes_of(meeting)
    codes = [*sorted(themes.lines), *sorted(map(str, themes.goals))]
    rows = (
        select(Session.id, Session.code, Session.kind, Session.rule, Session.meeting_id).where(here),
        select(SpeakingRole.session_id, *table_of(SpeakingRole).c)
        .where(SpeakingRole.session_id.in_(sessions))
        .order_by(SpeakingRole.id),
        select(Note.session_id, func.count(), func.max(Note.id), func.sum(Note.head), func.max(Note.state_at))
        .add_columns(func.count(Note.deleted_at))
        .where(Note.session_id.in_(sessions))
        .group_by(Note.session_id),
        select(Note.session_id, func.count(), func.max(Translation.id))
        .select_from(Translation)
        .join(Translation.note)
        .where(Note.session_id.in_(sessions))
        .group_by(Note.session_id),
    )
    found: dict[int, list[object]] = {number: [meeting.id, codes] for number in sessions}
    for place, query in enumerate(rows):
        for row in db.session.execute(query):
            found[row[0]].append((place, *row[1:]))
    return {number: fingerprint(repr(stand)) for number, stand in found.items()}


def steps_of(meeting: Meeting, file: File, tell: Tell = to_nobody) -> Steps:
    """What becomes of each line of this file. Faults are in the order of the lines.

    `tell` is told how far it is: each line is looked at twice.
    """
    lines, faults = lines_of(meeting, file, tell)
    faults += twice(lines)
    loaded, steps = loaded_by(meeting, lines), []
    for place, line in enumerate(lines, start=len(file.lines)):
        tell(place, 2 * len(file.lines))
        step = step_of(meeting, line, loaded)
        if isinstance(step, Fault):
            faults.append(step)
        else:
            steps.append(step)
    return Steps(tuple(steps), tuple(sorted(faults)))


def lines_of(meeting: Meeting, file: File, tell: Tell) -> tuple[list[Line], list[Fault]]:
    """The sound lines of a file, and what is wrong with the others; where that is too much the rest is left."""
    sessions, speakers = {one.code: one for one in sessions_recorded(meeting)}, cache(speakers_of)
    lines, faults = list[Line](), list(file.faults)
    for place, written in enumerate(file.lines):
        tell(place, 2 * len(file.lines))
        line, wrong = line_of(written, sessions, speakers)
        faults += wrong
        if line and not wrong:
            lines.append(line)
        if len(faults) > MOST_FAULTS:
            faults.append(too_many(written.line))
            break
    return lines, faults


def twice(lines: Iterable[Line]) -> list[Fault]:
    """The lines that are in the file already."""
    seen: dict[str, int] = {}
    return [
        Fault(line.line, _("Is in line %(line)s already.", line=seen[line.key]))
        for line in lines
        if seen.setdefault(line.key, line.line) != line.line
    ]


def step_of(meeting: Meeting, line: Line, here: Loaded) -> Step | Fault:
    own = OWN.fullmatch(line.id)
    if own and own["slug"] == meeting.slug:
        note = here.by_number.get((own["code"], int(own["number"])))
        loaded = note.current if note else None
        may_change = note is not None and note.head == int(own["head"])
        if note is None:
            return Fault(line.line, _("There is no note %(id)s any more.", id=line.id[:60]))
    else:
        note = here.by_key.get(key_of(meeting, line))
        loaded = here.newest.get(note.id) if note else None
        may_change = note is not None and loaded is note.current
    step = step_for(line, note, loaded, may_change=may_change)
    if isinstance(step, Fault) or step.note is None:
        return step
    return replace(step, note_id=step.note.id, translated=tuple(here.translations.get(step.note.id, ())))


def step_for(line: Line, note: Note | None, loaded: Revision | None, *, may_change: bool) -> Step | Fault:
    """The line's words are compared with those that were loaded; a change made here since is never overwritten."""
    if note is None or loaded is None:
        return Step(line, NEW)
    if note.session_id != line.session.id:
        sentence = _("This line is %(ref)s already, in another session. Give it another id.", ref=note.reference)
        return Fault(line.line, sentence)
    is_same_line = (loaded.client_key or "")[HALF:] == fingerprint(line.written)[:HALF]
    if is_same_line or alike(content_of(loaded), line):
        return Step(line, SAME, note)
    if note.is_deleted or not may_change:
        return Fault(
            line.line, _("%(ref)s was changed here since. Change it there, or take this line out.", ref=note.reference)
        )
    if note.state == PUBLISHED:
        return Fault(line.line, _("%(ref)s is published: it changes only by corrigendum.", ref=note.reference))
    return Step(line, CHANGED, note)


def alike(loaded: NoteContent, line: Line) -> bool:
    """Whether both say the same. A part on the programme may have come or gone since: that is no other text."""
    written, was = line.content.tidy(line.session).as_json(), loaded.as_json()
    return {**written, "role_id": None} == {**was, "role_id": None}
