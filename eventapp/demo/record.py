"""The illustrative record: 32 notes in their sessions, handed in, confirmed, approved; and the review made of them.

Each note is built from facts with a named source, and none is an outcome of the meeting that was held.
"""

import json
from collections import defaultdict
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

from eventapp.agenda.models import Session, SpeakingRole
from eventapp.balance.actions import open_balance
from eventapp.demo import floor
from eventapp.demo.story import Story, bangkok
from eventapp.ground.db.types import Record
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person
from eventapp.people.queries import person_at
from eventapp.record.clearing.actions import approve, submit_session
from eventapp.record.confirmations.actions import Said, ask_to_confirm, reply
from eventapp.record.confirmations.queries import notes_to_confirm
from eventapp.record.notes.content import Figure, NoteContent
from eventapp.record.notes.models import Note
from eventapp.record.notes.queries import notes_of
from eventapp.record.notes.statements import statement_behind
from eventapp.record.revisions.actions import record_note
from eventapp.record.sessions.queries import record_of, session_at
from eventapp.record.summaries.actions import approve_summary, write_summary
from eventapp.record.summaries.content import Summary
from eventapp.review.compilation.actions import Draft as Beginning
from eventapp.review.compilation.actions import start_report
from eventapp.review.publishing.actions import publish
from eventapp.review.reports.queries import report_at

FILE = Path(__file__).parent / "data/notes.json"
BETWEEN_TWO = timedelta(minutes=7)
WRITERS = {"S3": "arjun.prasad", "S6": "lucia.fong", "S7": "arjun.prasad", "S8": "lucia.fong"}  # else Kim Ji-won
CONFIRMED_BY_LINK = ("S2", "S5", "S7")
STILL_TO_CLEAR = ("SO-10", "SO-21")  # so that there is something to do in the evening
REPORT = Beginning(
    name="review",
    title="Draft regional review of the implementation of the WSIS Action Lines (illustrative)",
    symbol="Draft 1",
    policy="organization",
)
SUMMARIES = {
    "S2": "Broadband grows, but unevenly; agencies line up on resilience, security and skills.",
    "S5": "Four national plans were presented; adoption, money and staff are what they lack.",
    "S7": "Seven prize-winning practices, most of them by or with governments.",
    "S9": "Next steps to the Committee and to the WSIS Forum 2017.",
}

DESPITE = "The notes were made beforehand, from sources in print (illustrative)."


def tell(story: Story, meeting: Meeting, organizer: Person) -> None:
    """Put the day's record, and the review of the evening, in the story."""
    by_session: dict[str, list[Record]] = defaultdict(list)
    for row in json.loads(FILE.read_text(encoding="utf-8")):
        by_session[row["session"]].append(row)
    for order, (code, rows) in enumerate(by_session.items()):
        session = session_at(meeting, code)
        if session is not None:
            tell_session(story, session, rows, order, organizer)
    compiled, out = bangkok(10, 4, 18, 20), bangkok(10, 4, 18, 40)
    story.add(compiled, lambda at: start_report(meeting, REPORT, by=organizer, at=at), by_itself=True)
    story.add(out, lambda at: open_balance(meeting, by=organizer, at=at))  # the report says how many came
    story.add(out, partial(publish_report, meeting, organizer), by_itself=True)


def tell_session(story: Story, session: Session, rows: list[Record], order: int, organizer: Person) -> None:
    writer = person_at(f"{WRITERS.get(session.code, 'ji-won.kim')}@example.org") or organizer
    noted = [(session.starts_at + BETWEEN_TWO * place, row["speaker"]) for place, row in enumerate(rows, start=1)]
    floor.tell(story, session, noted, order, writer)
    for place, row in enumerate(rows, start=1):
        story.add(session.starts_at + BETWEEN_TWO * place, partial(write, session, row, writer))
    summary = SUMMARIES.get(session.code, "")
    handed_in = session.ends_at + timedelta(minutes=6)
    story.add(handed_in, partial(hand_in, session, summary, writer))
    if session.code in CONFIRMED_BY_LINK:
        story.add(handed_in + timedelta(minutes=5), partial(confirm_by_link, session, writer))
    story.add(bangkok(10, 4, 18, 5), partial(clear_session, session, organizer, [row["id"] for row in rows]))


def hand_in(session: Session, summary: str, writer: Person, at: datetime) -> None:
    """With the key issues, where there are any; the rest of the summary was never written."""
    if summary:
        write_summary(session, Summary(key_issues=(summary,)), base=0, by=writer, at=at)
    submit_session(session, by=writer, at=at, despite=DESPITE)


def write(session: Session, row: Record, writer: Person, at: datetime) -> None:
    draft = draft_from(row, role_named(session, row["speaker"]))
    statement = statement_behind(session, draft, "")
    key = f"demo {row['id']}"
    note = record_note(session, draft, by=writer, at=at, key=key, statement=statement, illustrative=True)
    note.caution = row["caution"]


def draft_from(row: Record, role: SpeakingRole | None) -> NoteContent:
    return NoteContent(
        kind=row["kind"],
        title=row["title"],
        text=row["text"],
        role_id=role.id if role else None,
        speaker=row["speaker"],
        organization=row["organization"],
        stakeholder_type=row["stakeholder_type"],
        action_lines=tuple(row["lines"]),
        goals=tuple(row["goals"]),
        countries=tuple(row["countries"]),
        ceiling=row["ceiling"],
        support=row["support"],
        figures=tuple(Figure(one["figure"], one["source"]) for one in row["figures"]),
        sources=tuple(row["sources"]),
        who=row["who"],
        due_on=date.fromisoformat(row["due_on"]) if row["due_on"] else None,
        due_text=row["due_text"],
    )


def role_named(session: Session, name: str) -> SpeakingRole | None:
    return next((role for role in session.roles if role.name == name and role.holds), None)


def confirm_by_link(session: Session, writer: Person, at: datetime) -> None:
    """The moderator gets the link, and agrees at once."""
    moderator = next(role for role in session.roles if role.role == "moderator")
    asked = ask_to_confirm(session, moderator, by=writer, at=at)
    reply(asked, {note.id: Said(note.head) for note in notes_to_confirm(session, moderator)}, at=at)


def clear_session(session: Session, organizer: Person, sources: list[str], at: datetime) -> None:
    ordered: list[Note] = sorted(notes_of(session), key=lambda note: note.number)
    for note, source in zip(ordered, sources, strict=True):
        if source not in STILL_TO_CLEAR:
            approve(note, by=organizer, at=at)
    record = record_of(session)
    if record is not None and record.summary_head:
        approve_summary(session, record.summary_head, by=organizer, at=at)


def publish_report(meeting: Meeting, organizer: Person, at: datetime) -> None:
    report = report_at(meeting, REPORT.name)
    if report is not None:
        publish(report, by=organizer, at=at)
