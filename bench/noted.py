"""Meetings with notes: rooms to write in, 1,000 and 10,000 cleared notes, and reports of two lengths."""

import random
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from sqlalchemy import insert, select

from bench.world import NAMES, WORDS, meeting_named
from eventapp.agenda.models import CONFIRMED, Session, SpeakingRole
from eventapp.ground.db import db, transaction
from eventapp.ground.text.policy import search_key
from eventapp.meetings.actions import grant
from eventapp.meetings.models import ORGANIZER, Meeting
from eventapp.people.actions import know
from eventapp.people.sign_in.actions import make_sign_in_link
from eventapp.record.extras.indexing import thing_of
from eventapp.record.notes.models import APPROVED, Note, Revision
from eventapp.record.search.index import entry_of
from eventapp.record.search.models import SearchEntry
from eventapp.review.compilation.actions import Draft, start_report
from eventapp.review.publishing.actions import publish
from eventapp.vocabulary.lines import ACTION_LINES
from eventapp.vocabulary.notes import NOTE_KINDS

RECORD, FEW, MANY = "bench-record", 3, 300  # the meeting that is written at, and the notes of two of its sessions
WRITERS = 8
COMPILED = (1000, 10_000)
EDITOR, EDITED = "bench-editor", 400  # the meeting of a report of 400 paragraphs
LONG, LONG_NOTES = "bench-pages", 1100  # and that of one of 100 pages
A_SESSION, SPEAKERS = 100, 5
TWICE = 20  # one note in so many says nearly what another one said
LINES, KINDS = tuple(ACTION_LINES), tuple(NOTE_KINDS)


@dataclass(frozen=True)
class Editors:
    """What lets somebody in who may record and review."""

    link: str


def compiled_slug(notes: int) -> str:
    return f"bench-notes-{notes}"


def build_noted(at: datetime) -> Editors:
    """Make all of it in a migrated database; `at` is now."""
    with transaction():
        editor = know("Bench Editor", "editor@example.org", at=at)
        record = add_meeting(RECORD, at)
        for code, notes in (("FEW", FEW), ("MANY", MANY), *((f"W{n}", 0) for n in range(WRITERS))):
            add_session(record, code, notes, at)
        grant(record, editor, ORGANIZER, by=None, at=at)
    for slug, notes in ((EDITOR, EDITED), (LONG, LONG_NOTES), *((compiled_slug(many), many) for many in COMPILED)):
        with transaction():
            meeting = add_meeting(slug, at)
            for first in range(0, notes, A_SESSION):
                add_session(meeting, f"S{first // A_SESSION + 1}", min(A_SESSION, notes - first), at)
            grant(meeting, editor, ORGANIZER, by=None, at=at)
        if slug in (EDITOR, LONG):
            report = start_report(meeting, DRAFT, by=editor, at=at)
            publish(report, by=editor, at=at)
    with transaction():
        return Editors(make_sign_in_link(editor, at=at, lasts=timedelta(hours=2)))


DRAFT = Draft("summary", "Summary report", "RP.1", "organization", outline="action-lines")


def add_meeting(slug: str, at: datetime) -> Meeting:
    meeting = meeting_named(slug, at)
    meeting.mandate = ["The General Assembly asked for a review of the action lines."]
    return meeting


def add_session(meeting: Meeting, code: str, notes: int, at: datetime) -> None:
    """A session with five speakers and so many cleared notes, the same ones in every run."""
    starts = datetime.combine(meeting.starts_on, time(2), UTC)
    session = Session(
        meeting=meeting,
        code=code,
        title=f"Session {code}",
        kind="trends",
        interpretation=[],
        starts_at=starts,
        ends_at=starts + timedelta(minutes=90),
        uid=f"{code.lower()}@{meeting.slug}.example.org",
        changed_at=at,
    )
    db.session.add(session)
    db.session.add_all(
        SpeakingRole(session=session, role="speaker", state=CONFIRMED, position=n, name=f"{NAMES[n][0]} of {code}")
        for n in range(SPEAKERS)
    )
    db.session.flush()
    if notes:
        written_in(session, notes, at)


def written_in(session: Session, notes: int, at: datetime) -> None:
    """So many cleared notes of this session, said by those who have a role in it."""
    facts = {"session_id": session.id, "head": 1, "state": APPROVED, "state_at": at, "created_at": at}
    rows = [{**facts, "number": n} for n in range(1, notes + 1)]
    ids = list(db.session.scalars(insert(Note).returning(Note.id, sort_by_parameter_order=True), rows))
    roles = list(db.session.scalars(select(SpeakingRole.id).where(SpeakingRole.session_id == session.id)))
    source = random.Random(f"{session.meeting.slug} {session.code}")
    said = written(ids, roles, source, at)
    db.session.execute(insert(Revision), said)
    db.session.execute(
        insert(SearchEntry), [found_by(session, number, one) for number, one in enumerate(said, start=1)]
    )


def found_by(session: Session, number: int, said: dict[str, Any]) -> dict[str, Any]:
    """What the search finds a note by, as it is kept for each that is recorded."""
    entry = entry_of(thing_of(session.meeting_id, session, {**said, "language": "en", "country": ""}))
    reference = f"{session.code}-{number:02d}"
    words = f"{search_key(reference)} {entry['words']}"
    path = f"record/{session.code}/{number}"
    return {**entry, "thing_id": said["note_id"], "reference": reference, "path": path, "words": words}


def written(notes: list[int], roles: list[int], said: random.Random, at: datetime) -> list[dict[str, Any]]:
    """What each note says: some 60 words, other ones each time but for the few that repeat the one before."""
    rows: list[dict[str, Any]] = []
    for place, note in enumerate(notes):
        repeats = place % TWICE == TWICE - 1
        words = rows[-1]["text"].split() if repeats else said.choices(WORDS, k=60)
        text = " ".join([*words[:-1], "together."]).capitalize()
        lines = rows[-1]["action_lines"] if repeats else sorted(said.sample(LINES, k=2), key=LINES.index)
        rows.append({
            "note_id": note, "number": 1, "at": at, "kind": rows[-1]["kind"] if repeats else said.choice(KINDS),
            "title": text[:100], "text": text, "role_id": roles[place % len(roles)],
            "speaker": f"Speaker {place % 40}", "organization": f"Organization {place % 60}",
            "stakeholder_type": "government", "action_lines": lines, "goals": sorted(said.sample(range(1, 18), k=2)),
            "countries": [], "ceiling": "person", "figures": [], "sources": [],
        })  # fmt: skip
    return rows
