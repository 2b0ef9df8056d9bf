"""The questions of a file become those of the meeting: what it does not name is asked no longer."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from eventapp.ground.refusal import Refused
from eventapp.inputs.answers.queries import answers_anywhere, taken_anywhere
from eventapp.meeting_file.questions.content import FIRST, content_in
from eventapp.meeting_file.questions.entries import QuestionEntry
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person
from eventapp.questions.actions import Answered, refuse_answered
from eventapp.questions.loading import bring_to
from eventapp.questions.queries import every_question_ever

Found = tuple[int, str]  # line, what to do


def set_questions(meeting: Meeting, questions: tuple[QuestionEntry, ...], *, by: Person | None, at: datetime) -> None:
    """Ask what the file says, in its order and words. The meeting is locked, and nothing speaks against it."""
    first = meeting.written_in or FIRST
    bring_to(meeting, {one.code: content_in(one, first) for one in questions}, by=by, at=at)


def objections_to_questions(
    meeting: Meeting, questions: tuple[QuestionEntry, ...], languages: Sequence[str]
) -> Iterator[Found]:
    """What people answered already that would not fit any more, with the line."""
    rows = {one.code: one for one in every_question_ever(meeting)}
    taken = taken_anywhere(meeting) if any(one.code in rows for one in questions) else {}
    for entry in questions:
        row = rows.get(entry.code)
        if row is None:
            continue
        answered = Answered(answers_anywhere(row) if row.kind != entry.kind else 0, taken.get(entry.code, {}))
        try:
            refuse_answered(row, content_in(entry, languages[0] if languages else FIRST), answered)
        except Refused as refused:
            yield entry.place.line, f"{entry.code}: {refused}"
