"""Writing down what was answered in the form of an input. Whoever calls these holds the meeting: places are counted."""

from datetime import datetime

from sqlalchemy import delete, literal, select

from eventapp.drafts.models import Draft
from eventapp.ground.db import db, lock
from eventapp.history.actions import record
from eventapp.inputs.answers.models import AnswerFile, InputAnswer
from eventapp.inputs.answers.queries import (
    answered_before,
    answers_of_input,
    category_of,
    drafts_with,
    taken_in_inputs,
    to_forget,
)
from eventapp.inputs.models import Input
from eventapp.meetings.retention.deletions import count_deleted
from eventapp.meetings.retention.origins import QUESTION
from eventapp.meetings.retention.sorts import ANSWERS
from eventapp.questions.answers import Given, by_question, changes_between, refuse_full, value_in, words_of
from eventapp.questions.conditions import applying
from eventapp.questions.kinds import INPUT
from eventapp.questions.queries import questions_of

AT_ONCE = 1000  # answers deleted in one transaction


def answer_input(written: Input, typed: Given, *, at: datetime) -> None:
    """Keep these answers in place of those before; what does not apply is dropped.

    Refused where a choice has no place left; what stands there already is never refused.
    """
    meeting, there = written.meeting, answers_of_input(written)
    questions = questions_of(meeting, INPUT)
    asked = applying(questions, category_of(written), {**answered_before(written), **typed})
    wanted = {one.code: list(dict.fromkeys(typed.get(one.code, ()))) for one in asked if typed.get(one.code)}
    stood = by_question([one for one in there if one.question in questions])
    limited = [one for one in asked if one.places]
    if limited:
        refuse_full(limited, wanted, stood if written.stands else {}, taken_in_inputs(meeting, but=written.id))
    changed = [one for one in questions if wanted.get(one.code) != stood.get(one.code)]
    if not changed:
        return
    before = words_of(there, meeting.written_in)
    for row in there:
        if row.question in changed:
            db.session.delete(row)
    db.session.flush()
    for question in changed:
        for value in wanted.get(question.code, ()):
            words, columns = question.wording.id, value_in(question.kind, value)
            db.session.add(InputAnswer(input=written, question=question, wording_id=words, at=at, **columns))
    db.session.flush()
    changes = changes_between(changed, before, words_of(answers_of_input(written), meeting.written_in))
    which, of = written.reference, meeting.id
    record("answered questions", written, by=written.person, at=at, meeting_id=of, reference=which, changes=changes)


def forget_typed(*, at: datetime) -> int:
    """Delete the answers in inputs to the next personal question whose days are over. Returns how many were left."""
    for question in to_forget(at, most=1):
        lock(question)
        some = select(InputAnswer.id).where(InputAnswer.question_id == question.id).order_by(InputAnswer.id)
        ids = db.session.scalars(some.limit(AT_ONCE)).all()
        db.session.execute(delete(InputAnswer).where(InputAnswer.id.in_(ids)))
        forms = select(Draft).where(drafts_with(literal(question.meeting_id), literal(question.code)))
        drafts = db.session.scalars(forms.limit(AT_ONCE)).all()
        for draft in drafts:
            left = {code: values for code, values in draft.content["answers"].items() if code != question.code}
            draft.content = {**draft.content, "answers": left}
        filed = (
            select(AnswerFile.id).where(AnswerFile.question_id == question.id).order_by(AnswerFile.id).limit(AT_ONCE)
        )
        files = db.session.scalars(filed).all()
        db.session.execute(delete(AnswerFile).where(AnswerFile.id.in_(files)))
        count = max(len(ids), len(drafts), len(files))
        origin = "" if question.retention_days is None else QUESTION
        count_deleted(question.meeting, {ANSWERS: count}, at=at, origin=origin)
        record("deleted personal answers", question, by=None, at=at, code=question.code, count=count)
        return count
    return 0
