"""Search over 100,000 notes of one meeting: a word that is everywhere, one that is rare, one that is nowhere.

`./run bench` has it on SQLite; `python -m bench.searching` asks both databases the same.
"""

import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import flask_migrate
from sqlalchemy import insert, select, update

from bench.figures import Figure, at_most
from bench.noted import add_meeting, add_session
from config import ROOT, TestConfig
from eventapp.agenda.models import Session
from eventapp.commands import create_app
from eventapp.ground.clock import now
from eventapp.ground.db import db, transaction
from eventapp.ground.text.policy import search_key
from eventapp.home.search.query import outcomes_found
from eventapp.meetings.models import Meeting
from eventapp.record.notes.models import PUBLISHED, Note, Revision
from eventapp.record.search.index import NOTE
from eventapp.record.search.models import SearchEntry
from eventapp.record.search.query import Question, found
from tests import make
from tests.postgres import postgres

NOTES, AT_ONCE, ROUNDS = 100_000, 5_000, 5
BOUND = 500  # milliseconds, on SQLite
APART = 2_000_000  # numbers above this: another row of the table has notes of its own below
TEXT = (
    "Partners of session {n} put disaster management, cybersecurity and capacity building in their programmes, and "
    "farmers of district {n} hear prices on community radio before any portal tells them."
)
THAI = "วิทยุชุมชนเข้าถึงเกษตรกรก่อนพอร์ทัล"
QUESTIONS = {
    "a word everywhere": Question(q="radio"),
    "a rare part of a word": Question(q="istrict 77777 h"),
    "Thai, nowhere": Question(q="โทรทัศน์"),
    "a word and a goal": Question(q="farmers", goal="9"),
}


OUTCOMES, CPU_BOUND = 20_000, 200
TYPED = {
    "a word of many": "radio",
    "two words of some": "radio villages",
    "a person named in a third": "speaker 39",
    "an organization": "organization 59",
    "nowhere": "zanzibar",
}


def fill(meeting_id: int, session_id: int) -> None:
    """Put the lines of 100,000 notes into the search of this meeting."""
    for first in range(0, NOTES, AT_ONCE):
        with transaction():
            db.session.execute(
                insert(SearchEntry), [line(meeting_id, session_id, n, APART) for n in range(first, first + AT_ONCE)]
            )


def line(meeting_id: int, session_id: int, n: int, above: int = 1_000_000) -> dict[str, object]:
    text = f"{TEXT.format(n=n)} {THAI}"
    return {
        "meeting_id": meeting_id, "session_id": session_id, "thing": NOTE, "thing_id": above + n,
        "reference": f"S1-{n}", "path": f"record/S1/{n}", "title": text[:60], "text": text, "language": "en",
        "kind": "trend", "state": "", "marks": f" C2 g{n % 17 + 1} ", "speaker": "", "words": search_key(f"S1-{n}", text),
    }  # fmt: skip


def search_figures(meeting: Meeting, session: Session) -> Iterator[Figure]:
    """The time from a question to its first page of answers, the middle of five."""
    fill(meeting.id, session.id)
    for name, question in QUESTIONS.items():
        times = []
        for _round in range(ROUNDS):
            start = time.perf_counter()
            found(meeting, question, sessions=None, page=1)
            times.append((time.perf_counter() - start) * 1000)
        yield at_most(f"search of {NOTES:,} notes: {name}", statistics.median(times), BOUND, "ms")


def published_notes(at: datetime) -> Meeting:
    """A meeting with 20,000 published notes, of a third the person may be named, of a third the organization."""
    with transaction():
        meeting = add_meeting("outcomes-searched", at)
        add_session(meeting, "F", OUTCOMES, at)
        db.session.execute(update(Note).where(Note.session.has(meeting_id=meeting.id)).values(state=PUBLISHED))
        rows = select(Revision, Note).join(Note.current).join(Note.session).where(Session.meeting_id == meeting.id)
        for revision, note in db.session.execute(rows):
            revision.ceiling = ("person", "organization", "nobody")[note.number % 3]
    return meeting


def outcome_figures(at: datetime) -> Iterator[Figure]:
    """CPU of the search that a visitor makes among the outcomes of 20,000 notes, the middle of five."""
    meeting = published_notes(at)
    for name, typed in TYPED.items():
        times = []
        for _round in range(ROUNDS):
            db.session.expunge_all()
            start = time.process_time()
            outcomes_found(db.session.merge(meeting), typed)
            times.append((time.process_time() - start) * 1000)
        yield at_most(f"outcomes of {OUTCOMES:,} notes: {name}", statistics.median(times), CPU_BOUND, "ms CPU")


def measured(address: str, folder: Path) -> list[Figure]:
    """The figures on this database, which is empty."""
    with create_app(TestConfig(address, folder)).app_context():
        flask_migrate.upgrade(directory=str(ROOT / "migrations"))
        session = make.session(make.meeting())
        told = [*search_figures(session.meeting, session), *outcome_figures(now())]
        db.session.remove()
        db.engine.dispose()
    return told


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="bench-") as name, postgres() as server:
        folder = Path(name)
        for address in (f"sqlite:///{folder / 'search.db'}", server):
            for figure in measured(address, folder):
                print(f"{address.split(':')[0]:12} {figure.name:<52}{figure.value:<14}{figure.bound}")


if __name__ == "__main__":
    main()
