"""What a session's record lacks when it is handed in: a line stops it, or may be overridden with a reason."""

from collections.abc import Callable
from dataclasses import dataclass

from eventapp.agenda.models import Session, SpeakingRole
from eventapp.drafts.models import Draft
from eventapp.floor.models import Statement
from eventapp.ground.text.i18n import LazyString, _l
from eventapp.meetings.themes.queries import themes_of
from eventapp.record.drafts.queries import conflicts_of
from eventapp.record.notes.labels import has_unsourced
from eventapp.record.notes.models import Note
from eventapp.record.notes.queries import notes_of
from eventapp.record.notes.shorthand import MARK
from eventapp.record.notes.statements import spoken_without_note
from eventapp.record.sessions.queries import SILENT_ROLES, record_of

Thing = Note | Draft | SpeakingRole | Statement


@dataclass(frozen=True)
class Line:
    """One line of the list: what is asked for, and what is missing of it, with who or which note."""

    code: str
    asks: LazyString  # "Every note has an action line"
    lacks: LazyString  # the same where it is not so: "No action line"
    stops: bool = False
    notes: tuple[Note, ...] = ()
    texts: tuple[Draft, ...] = ()
    roles: tuple[SpeakingRole, ...] = ()
    turns: tuple[Statement, ...] = ()
    is_missing: bool = False

    @property
    def is_done(self) -> bool:
        return not (self.is_missing or self.notes or self.texts or self.roles or self.turns)


@dataclass(frozen=True)
class Checklist:
    """Every line, the ones that stop a session from being handed in first."""

    lines: tuple[Line, ...]

    @property
    def stops(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.stops and not line.is_done)

    @property
    def warnings(self) -> tuple[Line, ...]:
        """What is missing, and may be so where somebody says why."""
        return tuple(line for line in self.lines if not line.stops and not line.is_done)


def checklist(session: Session) -> Checklist:
    """What the record of this session has and lacks now."""
    found = [note for note in reversed(notes_of(session)) if not note.current.off_record]
    record = record_of(session)
    silent = speakers_without_note(session, found)
    has_summary = record is not None and record.summary_head > 0
    return Checklist(
        (
            Line(
                "notes",
                _l("There are notes on the record"),
                _l("No note on the record"),
                stops=True,
                is_missing=not found,
            ),
            *of_the_themes(session, found),
            Line(
                "texts",
                _l("No note has two texts to decide between"),
                _l("Two texts"),
                texts=tuple(conflicts_of(session)),
            ),
            Line(
                "figures",
                _l("Every figure has its source"),
                _l("Figure without a source"),
                notes=those(found, has_unsourced),
            ),
            of_the_marks(found),
            Line("summary", _l("There is a summary"), _l("No summary yet"), is_missing=not has_summary),
            Line("unheard", _l("Everybody with a role is recorded"), _l("No note of"), roles=silent),
            of_the_floor(session, silent),
        )
    )


def of_the_themes(session: Session, found: list[Note]) -> list[Line]:
    """Whether every note has a theme; nothing where the meeting has none."""
    themes = themes_of(session.meeting)
    if not themes.lines:
        return []
    is_usual = all(one.is_shipped for one in themes.sets)
    asks = _l("Every note has an action line") if is_usual else _l("Every note has a theme")
    lacks = _l("No action line") if is_usual else _l("No theme")
    return [Line("lines", asks, lacks, stops=True, notes=those(found, lambda note: not note.current.action_lines))]


def those(notes: list[Note], lack: Callable[[Note], bool]) -> tuple[Note, ...]:
    return tuple(note for note in notes if lack(note))


def of_the_marks(notes: list[Note]) -> Line:
    """The notes whose words begin with a mark of the shorthand: it was not understood, and would be printed."""
    asks = _l("No note begins with a mark that was not understood")
    lacks = _l("Begins with a mark that was not understood")
    return Line("marks", asks, lacks, notes=those(notes, lambda note: MARK.match(note.current.text) is not None))


def of_the_floor(session: Session, named: tuple[SpeakingRole, ...]) -> Line:
    """The turns no note is of; who is missed by their part in the session is not named twice."""
    turns = [one for one in spoken_without_note(session) if one.role_id not in {role.id for role in named}]
    asks, lacks = _l("Every delegation that had the floor is recorded"), _l("Spoke, and no note of")
    return Line("floor", asks, lacks, turns=tuple(turns))


def speakers_without_note(session: Session, notes: list[Note]) -> tuple[SpeakingRole, ...]:
    recorded = {note.current.role_id for note in notes}
    return tuple(
        role for role in session.roles if role.holds and role.role not in SILENT_ROLES and role.id not in recorded
    )
