"""All questions of a meeting at once, as a file has them."""

from collections.abc import Mapping
from datetime import datetime

from eventapp.ground.db import db, lock
from eventapp.history.actions import record
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person
from eventapp.questions.actions import ask, stands_now, write_wording
from eventapp.questions.codes import places_in
from eventapp.questions.content import QuestionContent
from eventapp.questions.models import Question
from eventapp.questions.queries import every_question_ever


def bring_to(meeting: Meeting, wanted: Mapping[str, QuestionContent], *, by: Person | None, at: datetime) -> None:
    """Ask these questions, by code, in this order and no others. Who calls has checked that they fit each other.

    What is asked no longer is kept with its answers; one that comes back is asked again.
    """
    lock(meeting)
    rows = {one.code: one for one in every_question_ever(meeting)}
    counts: dict[str, int] = {}
    is_changed = False
    for code, content in wanted.items():
        position = counts[content.stage] = counts.get(content.stage, 0) + 1
        row = rows.get(code)
        if row is None:
            ask(meeting, code, content, position, by=by, at=at)
            is_changed = True
        else:
            is_changed = bring_one_to(row, content, position, by=by, at=at) or is_changed
    for code, row in rows.items():
        if code not in wanted and row.ended_at is None:
            row.ended_at, row.version, is_changed = at, row.version + 1, True
            record("stopped asking", row, by=by, at=at, code=code)
    meeting.version += is_changed
    db.session.flush()


def bring_one_to(row: Question, content: QuestionContent, position: int, *, by: Person | None, at: datetime) -> bool:
    """The same for one that is there, or was. Returns whether anything of it is another."""
    before = stands_now(row)
    after = content.columns() | {"places": places_in(content)} | content.words()
    changes = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
    if row.ended_at is not None:
        row.ended_at = None
        record("asked again", row, by=by, at=at, code=row.code)
    elif not changes and row.position == position:
        return False
    elif not changes:
        record("moved question", row, by=by, at=at, code=row.code, place=position)
    if content.words() != row.wording.words:
        write_wording(row, content.words(), by=by, at=at, number=row.wording_number + 1)
    for name, value in (content.columns() | {"places": places_in(content), "position": position}).items():
        setattr(row, name, value)
    row.version += 1
    if changes:
        record("changed question", row, by=by, at=at, code=row.code, changes=changes)
    return True
