"""What an organizer does with a file of sessions: have it compared, make what is missing, import it, take it back."""

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from unicodedata import normalize

from sqlalchemy import delete, insert, select

from eventapp.agenda.imports.foreign import Foreign, ForeignFile
from eventapp.agenda.imports.models import (
    ADDED,
    CANCELLED,
    CHECKED,
    CHOOSING,
    COMPARING,
    DONE,
    GONE,
    IMPORTING,
    LEFT,
    TAKEN_BACK,
    UNDOING,
    UPDATED,
    AgendaImport,
    AgendaImportRow,
)
from eventapp.agenda.imports.planning import Around, around
from eventapp.agenda.imports.queries import THIRTY_DAYS, counts, old_rows
from eventapp.agenda.models import Session
from eventapp.ground.db import db, lock
from eventapp.ground.db.types import Record
from eventapp.ground.jobs import sliced
from eventapp.ground.jobs.sliced import hand_over
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _, language
from eventapp.history.actions import record
from eventapp.meetings.actions import Part, add_part
from eventapp.meetings.facts import KindFacts, RoomFacts
from eventapp.meetings.kinds.actions import own_kinds
from eventapp.meetings.kinds.queries import UNKNOWN, kinds_of
from eventapp.meetings.models import Meeting
from eventapp.meetings.texts import change_texts
from eventapp.people.models import Person

LONGEST_CODE = 20


def receive(
    meeting: Meeting, name: str, file: ForeignFile, *, by: Person | None, at: datetime, texts_in: str = ""
) -> AgendaImport:
    """Keep what a file says for the worker to compare; what the file no longer has gets a row of its own.

    `texts_in` is the language of its titles and summaries; '' is the first of the meeting. Refused as in `arrived`.
    """
    lock(meeting)
    one = arrived(meeting, name, file.form, by=by, at=at, texts_in=texts_in)
    one.seats = dict(file.seats)
    found = around(meeting)
    rows = [row_for(one, each.number, each.title, each.row) for each in file.sessions]
    db.session.execute(insert(AgendaImportRow), [*rows, *rows_gone(one, found, file.sessions)])
    hand_over(one, COMPARING)
    return one


def arrived(
    meeting: Meeting, name: str, form: str, *, by: Person | None, at: datetime, texts_in: str = ""
) -> AgendaImport:
    """A file that somebody has chosen, without its rows. Refused for a language that the meeting has not."""
    if texts_in and texts_in not in meeting.text_languages:
        raise Refused(_("Choose a language of the meeting."), beside="texts_in")
    made = {"given_name": name[:200], "form": form, "state": CHOOSING, "language": language(), "texts_in": texts_in}
    one = AgendaImport(meeting_id=meeting.id, by_id=by.id if by else None, at=at, ended_at=None, **made)
    db.session.add(one)
    db.session.flush()
    return one


def rows_gone(one: AgendaImport, found: Around, sessions: Iterable[Foreign]) -> list[Record]:
    """A row for each session that came from a file and is not among these."""
    here = {found.names.number(each) for each in sessions}
    lost = select(Session.id, Session.title).where(Session.id.in_(missing(found.names.came, here)))
    return [{**row_for(one, 0, title, {}), "session_id": number} for number, title in db.session.execute(lost)]


def missing(came: Mapping[int, bool], here: Collection[int | None]) -> list[int]:
    """Which sessions that came from a file, and are not cancelled, are not in this one."""
    return [number for number, is_off in came.items() if not is_off and number not in here]


def row_for(one: AgendaImport, number: int, title: str, content: Record) -> Record:
    """A session of the file as a row of the database that was not compared yet."""
    facts = {"import_id": one.id, "number": number, "outcome": GONE, "title": title[:300], "content": content}
    return {**facts, "faults": [], "what": [], "session_id": None, "version": 0, "before": {}}


def make_rooms(one: AgendaImport, seats: int, *, by: Person | None, at: datetime) -> int:
    """Give the meeting the rooms that the file names; where it says no seats, so many. Returns how many."""
    lock(one.meeting)
    lock(one)
    refuse_but(one, CHECKED)
    taken, there = {room.code for room in one.meeting.rooms}, {room.name for room in one.meeting.rooms}
    wanted = [(name, known) for name, known in one.lacks.get("rooms", {}).items() if name not in there]
    for place, (name, known) in enumerate(wanted, start=len(one.meeting.rooms) + 1):
        code = code_for(name, taken)
        taken.add(code)
        facts = RoomFacts(code=code, name=name, seats=known or seats, where="", position=place)
        say_name(add_part(one.meeting, facts, by=by, at=at), name, one, by=by, at=at)
    hand_over(one, COMPARING)
    return len(wanted)


def make_kinds(one: AgendaImport, *, by: Person | None, at: datetime) -> int:
    """Give the meeting the kinds of session that the file names. Returns how many."""
    lock(one.meeting)
    lock(one)
    refuse_but(one, CHECKED)
    kinds = own_kinds(one.meeting)
    taken, there = {kind.code for kind in kinds}, {kind.name for kind in kinds}
    wanted = [name for name in one.lacks.get("kinds", ()) if name not in there]
    colour, shape = UNKNOWN
    for place, name in enumerate(wanted, start=len(kinds) + 1):
        code = code_for(name, taken).lower()
        taken.add(code)
        facts = KindFacts(code=code, name=name, colour=colour, shape=shape, chapter="", position=place)
        say_name(add_part(one.meeting, facts, by=by, at=at), name, one, by=by, at=at)
    hand_over(one, COMPARING)
    return len(wanted)


def say_name(part: Part, name: str, one: AgendaImport, *, by: Person | None, at: datetime) -> None:
    """Keep the name of a room or a kind in the language of its file too, where that is not the first."""
    if one.tongue:
        change_texts(part, one.tongue, {"name": name}, meeting=one.meeting, by=by, at=at)


def choose_kind(one: AgendaImport, kind: str) -> None:
    """Say what sessions become that have no kind which the meeting has; '' leaves them out."""
    lock(one)
    refuse_but(one, CHECKED)
    one.kind = kind if kind in dict(kinds_of(one.meeting)) else ""
    hand_over(one, COMPARING)


def compare_again(one: AgendaImport) -> None:
    """Have the worker compare a file where that failed or was stopped. Refused where it was compared."""
    lock(one)
    if one.state == COMPARING:
        return
    if one.left != COMPARING:
        refuse_but(one)
    hand_over(one, COMPARING)


def start(one: AgendaImport, *, cancels: bool, at: datetime) -> None:
    """Have the worker import every session that nothing is wrong with. Started twice, it is started once.

    With `cancels`, those go off that the file no longer has; one that was stopped or failed goes on as it was begun.
    Refused where the meeting is closed.
    """
    lock(one.meeting)
    lock(one)
    if one.state in (IMPORTING, DONE):
        return
    goes_on = one.left == IMPORTING
    if not goes_on:
        refuse_but(one, CHECKED)
    if one.meeting.closed_at is not None:
        raise Refused(_("The meeting is closed. Open it again to change something."))
    one.cancels, one.ended_at = one.cancels if goes_on else cancels, None
    hand_over(one, IMPORTING)


def stop(one: AgendaImport, *, by: Person | None, at: datetime) -> None:
    """Stop what the worker does: a table goes back to its columns, all else stays with what is done until now."""
    lock(one)
    if one.state == COMPARING and one.is_table:
        one.lacks, one.state = {}, CHOOSING
    elif one.state == COMPARING:
        sliced.stop(one)
    elif one.state == IMPORTING:
        sliced.stop(one)
        one.ended_at = at
        tally = imported(counts(one))
        record("stopped an import of sessions", one.meeting, by=by, at=at, file=one.given_name, **tally)
    elif one.state == UNDOING:
        sliced.stop(one)
        tally = taken(counts(one))
        record("stopped the undoing of an import of sessions", one.meeting, by=by, at=at, file=one.given_name, **tally)


def undo(one: AgendaImport, *, by: Person | None, at: datetime) -> None:
    """Have the worker take back what was imported. Refused after thirty days, or where nothing was imported."""
    lock(one)
    if one.state == UNDOING:
        return
    if not can_undo(one, at):
        raise Refused(_("This import can no longer be undone."))
    one.by_id = by.id if by else None
    hand_over(one, UNDOING)


def can_undo(one: AgendaImport, at: datetime) -> bool:
    """Whether it was imported, in whole or in part, in the last thirty days, and is not taken back in whole."""
    is_over = one.state == DONE or one.left in (IMPORTING, UNDOING)
    return is_over and at < one.at + THIRTY_DAYS and one.meeting.closed_at is None


def imported(tally: Mapping[str, int]) -> dict[str, int]:
    """What history says of an import."""
    return {"added": tally.get(ADDED, 0), "changed": tally.get(UPDATED, 0), "cancelled": tally.get(CANCELLED, 0)}


def taken(tally: Mapping[str, int]) -> dict[str, int]:
    """What it says of an undoing."""
    return {"withdrawn": tally.get(TAKEN_BACK, 0), "left": tally.get(LEFT, 0)}


def refuse_but(one: AgendaImport, *states: str) -> None:
    """Refused where the file is not in one of these states."""
    if one.state not in states:
        raise Refused(_("This file is being worked on, or was imported already. Choose it again to import it anew."))


def code_for(name: str, taken: Collection[str]) -> str:
    """A short code made of a name, that is not taken."""
    letters = normalize("NFKD", name).encode("ascii", "ignore").decode()
    stem = re.sub(r"[^A-Za-z0-9]+", "-", letters).strip("-")[: LONGEST_CODE - 4].strip("-") or "R"
    number, code = 1, stem
    while code in taken or code.lower() in taken:
        number += 1
        code = f"{stem}-{number}"
    return code


def forget_old(*, at: datetime, most: int = 500) -> int:
    """Delete rows of imports of long ago. Returns how many."""
    rows = old_rows(at, most=most)
    db.session.execute(delete(AgendaImportRow).where(AgendaImportRow.id.in_(rows)))
    return len(rows)
