"""Notes and reports to test with. Every argument has a harmless default; name only what matters."""

from collections.abc import Callable
from datetime import timedelta
from itertools import count
from typing import Any

from flask import Flask
from sqlalchemy import func, select

from eventapp.agenda.models import Session
from eventapp.checkin.models import WELCOME, Gate, Scan
from eventapp.ground.db import db, transaction
from eventapp.meetings.models import Body, Meeting
from eventapp.record.notes.models import APPROVED, Note, Revision
from eventapp.registration.models import Registration
from eventapp.review.compilation.actions import Draft, start_report
from eventapp.review.reports.models import Chapter, Paragraph, Report
from eventapp.review.reports.queries import chapters_of
from tests import make
from tests.counting import counted

_number = count(1)
FIRST = 1001  # the number of a session's first note: whatever tests ran before, verbs and references are the same


def note(session: Session, *, state: str = APPROVED, deleted: bool = False, **facts: Any) -> Note:
    """A cleared note that anybody may be named for."""
    session_id = session.id
    last = db.session.scalar(select(func.max(Note.number)).where(Note.session_id == session_id))
    number = (last or FIRST - 1) + 1
    row = make.kept(
        Note(
            session_id=session_id,
            number=number,
            state=state,
            state_at=make.TODAY,
            created_at=make.TODAY,
            deleted_at=make.TODAY if deleted else None,
        )
    )
    revise(row, **{"number": 1, **facts})
    return row


def revise(note: Note, **facts: Any) -> Revision:
    """A further revision of the note, or its first."""
    note_id, head = note.id, note.head
    defaults: dict[str, Any] = {
        "number": head + 1,
        "at": make.TODAY + timedelta(minutes=head),
        "kind": "trend",
        "title": "Broadband grows",
        "text": "Fixed broadband subscriptions grow in the region.",
        "action_lines": ["C2"],
        "goals": [9],
        "countries": [],
        "ceiling": "person",
        "figures": [],
        "sources": [],
    }
    with transaction():
        row = Revision(note_id=note_id, **{**defaults, **facts})
        db.session.add(row)
        db.session.get_one(Note, note_id).head = row.number
    return row


def report(meeting: Meeting, **facts: Any) -> Report:
    """A report of the meeting, compiled; its first paragraph says that the meeting was held."""
    defaults = {"name": "summary", "title": "Summary report", "symbol": "RP.1", "policy": "organization"}
    defaults["outline"] = "blocks"
    return start_report(meeting, Draft(**{**defaults, **facts}), by=None, at=make.TODAY)


def fill(report: Report, *, chapters: int, paragraphs: int) -> None:
    """Chapters at the end of the report, each with so many paragraphs written by hand."""
    report_id = report.id
    with transaction():
        for place in range(chapters):
            made = Chapter(
                report_id=report_id, position=100 + place, title=f"Chapter {place}", block=f"own-{50 + place}"
            )
            made.paragraphs = [
                Paragraph(position=one, origin="hand", text=f"Words {one} of chapter {place}.", generated="")
                for one in range(paragraphs)
            ]
            db.session.add(made)


def body(meeting: Meeting, code: str) -> Body:
    """A body of the meeting, not saved yet."""
    return Body(meeting_id=meeting.id, code=code, name=f"Body {code}")


def paragraphs(report: Report) -> list[Paragraph]:
    """The paragraphs of the report that stand, in order."""
    return [one for chapter in chapters_of(report) for one in chapter.paragraphs if one.removed_at is None]


def texts(report: Report, block: str = "trends") -> list[str]:
    """The texts of one chapter."""
    return [
        one.text
        for chapter in chapters_of(report)
        for one in chapter.paragraphs
        if chapter.block == block and one.removed_at is None
    ]


def scan(meeting: Meeting, registration: Registration, **facts: Any) -> Scan:
    """A welcome at the door of the building."""
    number, registration_id = next(_number), registration.id
    gate = make.kept(Gate(meeting_id=meeting.id, code=f"MAIN{number}", name="Main door"))
    defaults: dict[str, Any] = {
        "client_key": f"scan-{number}",
        "method": "camera",
        "read": "CODE",
        "scanned_at": make.TODAY,
        "received_at": make.TODAY,
        "verdict": WELCOME,
    }
    return make.kept(Scan(gate_id=gate.id, registration_id=registration_id, **{**defaults, **facts}))


def questions(app: Flask, act: Callable[[], object]) -> int:
    """How many statements the database is asked while this happens."""
    with counted() as sent:
        act()
    return len(sent)
