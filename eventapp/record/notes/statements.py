"""Notes and turns on the floor: whose turn a note rests on, who is preset, and who spoke without a note."""

from collections.abc import Iterable

from eventapp.agenda.models import Session
from eventapp.floor.asking import party
from eventapp.floor.labels import usual_ceiling_for
from eventapp.floor.models import Statement
from eventapp.floor.queries import running_in, statement_in, statements_of
from eventapp.ground.text.policy import figure, folded
from eventapp.record.notes.content import NoteContent, allowed_ceilings
from eventapp.record.notes.models import Note, Revision
from eventapp.record.notes.queries import notes_of
from eventapp.record.sessions.speakers import Speaker
from eventapp.vocabulary.notes import lowest_ceiling


def preset(session: Session, speakers: Iterable[Speaker], *, role: str = "", turn: str = "") -> dict[str, str]:
    """What the next note begins with: whom the checklist misses, by the number of a part or of a turn on the floor;
    else whoever has the floor, and how such a source may usually be named.
    """
    by_role = next((one.label for one in speakers if one.role_id and str(one.role_id) == role), "")
    by_turn, running = turn_at(session, turn), running_in(session)
    if by_role or by_turn:
        return {"speaker": by_role or (by_turn.label if by_turn else "")}
    if running is None:
        return {}
    ceiling = lowest_ceiling(usual_ceiling_for(running), allowed_ceilings(session.rule)[0])
    return {"speaker": running.label, "ceiling": ceiling, "statement": str(running.id)}


def turn_at(session: Session, number: str) -> Statement | None:
    """The turn of this session with this number, as an address or a form has it, once it has begun."""
    one = statement_in(session, figure(number)) if number else None
    return one if one and one.started_at and not one.removed_at else None


def statement_behind(session: Session, content: NoteContent, seen: str) -> Statement | None:
    """The turn on the floor that this draft was said in.

    `seen` is whose turn the page knew of, or a word for nobody's: a note that was written without a network arrives
    during another's turn. A turn counts only where its speaker is the draft's; of several the seen one, then the
    newest. A draft without a speaker was said in the turn that was seen, or in the one that runs.
    """
    known = turn_at(session, seen)
    if not content.speaker and not content.organization:
        return known if seen else running_in(session)
    turns = [one for one in reversed(statements_of(session)) if one.started_at]
    return next((one for one in [known, *turns] if one and is_of(one, content)), None)


def is_of(statement: Statement, content: NoteContent | Revision) -> bool:
    """Whether this turn is of the speaker of this draft, or revision."""
    if content.role_id and statement.role_id:
        return content.role_id == statement.role_id
    same_name = not content.speaker or folded(content.speaker) == folded(statement.name)
    same_party = not content.organization or folded(content.organization) == folded(statement.organization)
    return same_name and same_party


def is_of_its_turn(note: Note) -> bool:
    """Whether these are the words of who had the floor: the note names somebody, and nobody else."""
    now = note.current
    return note.statement is not None and bool(now.speaker or now.organization) and is_of(note.statement, now)


def spoken_without_note(session: Session) -> list[Statement]:
    """For the checklist before a session is handed in: of each delegation that had the floor and is in no note, the
    first turn.
    """
    notes = [note for note in notes_of(session) if not note.current.off_record]
    recorded = {party(note.current.speaker, note.current.organization) for note in notes}
    recorded |= {party(note.statement.name, note.statement.organization) for note in notes if note.statement}
    found: dict[str, Statement] = {}
    for one in statements_of(session):
        whose = party(one.name, one.organization)
        if one.started_at and whose not in recorded:
            found.setdefault(whose, one)
    return list(found.values())
