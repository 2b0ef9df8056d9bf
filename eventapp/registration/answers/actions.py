"""Writing down what somebody answered. Whoever calls these holds the meeting: places of a choice are counted."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, select

from eventapp.ground.db import db, lock
from eventapp.ground.security.sealing import seal
from eventapp.history.actions import record
from eventapp.meetings.retention.deletions import count_deleted
from eventapp.meetings.retention.origins import QUESTION
from eventapp.meetings.retention.sorts import ANSWERS
from eventapp.people.models import Person
from eventapp.questions.answers import (
    Given,
    by_question,
    changes_between,
    in_words,
    is_full,
    refuse_full,
    value_in,
    words_of,
)
from eventapp.questions.conditions import applying
from eventapp.questions.kinds import FILE, REGISTRATION
from eventapp.questions.models import Question
from eventapp.questions.queries import questions_of
from eventapp.registration.answers.models import Answer, owner_of
from eventapp.registration.answers.queries import LOST_CHOICE, answers_of, questions_to_forget, taken_by_choice
from eventapp.registration.answers.sealed import seal_file
from eventapp.registration.models import Registration, Upload

AT_ONCE = 1000  # answers deleted in one transaction


def answer(
    registration: Registration,
    sent: Given,
    stages: Collection[str] = (REGISTRATION,),
    *,
    by: Person | None,
    at: datetime,
    category: str = "",
    files: Sequence[Upload] = (),
    by_themselves: bool = False,
) -> None:
    """Keep what was answered at these stages in place of what was before; what does not apply is dropped.

    It applies to the category that was asked for, where that one waits for approval. `files` are those that came with
    it. Refused where a choice has no place left; what stood there already is never refused. Refused where a new answer
    is to be sealed and the server has no key.
    """
    before = answers_of(registration)
    earlier = by_question([one for one in before if one.question.stage not in stages])
    questions = [one for stage in stages for one in questions_of(registration.meeting, stage)]
    there = [one for one in before if one.question in questions]
    stood, came = by_question(there), {one.kind: one for one in files}
    sent = {**sent, **sealed_that_stay(there, sent, by_themselves=by_themselves)}
    asked = applying(questions, category or registration.category.code, {**earlier, **sent})
    wanted = wanted_of(asked, sent, stood, came)
    if wanted == stood:
        return
    limited = [one for one in asked if one.places]
    if limited:
        refuse_full(limited, wanted, stood, taken_by_choice(registration.meeting, but=registration.id))
    changed = [one for one in questions if wanted.get(one.code) != stood.get(one.code)]
    first = registration.meeting.written_in
    words_before = words_of(there, first)
    replace(registration, changed, wanted, there, at=at)
    keep_files(registration, [one for one in changed if one.kind == FILE], wanted, came, at=at)
    words = words_of(answers_of(registration, stages=stages), first)
    record("answered questions", registration, by=by, at=at, changes=changes_between(changed, words_before, words))


def sealed_that_stay(there: Sequence[Answer], sent: Given, *, by_themselves: bool) -> dict[str, list[str]]:
    """The sealed answers of which nothing was sent. The person has seen them, and takes out what they leave empty."""
    unsent = [one for one in there if one.is_sealed and not sent.get(one.question.code)]
    return by_question([one for one in unsent if not by_themselves or one.written is None])


def wanted_of(asked: Sequence[Question], sent: Given, stood: Given, came: Mapping[str, Upload]) -> dict[str, list[str]]:
    """What is to stand: what was sent; of a file that did not come along what is on record."""
    wanted = {one.code: list(dict.fromkeys(sent.get(one.code, ()))) for one in asked}
    for one in asked:
        if one.kind == FILE and wanted[one.code] not in ([], [digest_and_name(came.get(one.code))]):
            wanted[one.code] = list(stood.get(one.code, ()))
    return {code: values for code, values in wanted.items() if values}


def replace(
    registration: Registration, changed: Sequence[Question], wanted: Given, there: Sequence[Answer], *, at: datetime
) -> None:
    """Put these answers in place of those that are there."""
    for one in there:
        if one.question in changed:
            db.session.delete(one)
    db.session.flush()
    for question in changed:
        for value in wanted.get(question.code, ()):
            columns = value_in(question.kind, value)
            row = Answer(registration=registration, question=question, wording_id=question.wording.id, at=at, **columns)
            if question.is_sealed:
                row.text, row.sealed = "", seal(owner_of(registration.id, question.id), value.encode())
            db.session.add(row)
    db.session.flush()


def keep_files(
    registration: Registration, changed: Sequence[Question], wanted: Given, came: Mapping[str, Upload], *, at: datetime
) -> None:
    """Put the files that came in place of those that answered these questions, which are deleted."""
    codes, sealed = [one.code for one in changed], {one.code for one in changed if one.is_sealed}
    forget_files(registration, codes)
    for code in codes:
        if code in wanted:
            file = came[code]
            file.registration, file.uploaded_at = registration, at
            if code in sealed:
                seal_file(file, registration.id)
            db.session.add(file)
    db.session.flush()


def forget_files(registration: Registration, codes: Sequence[str]) -> list[str]:
    """Delete the files that answered these questions. Returns the code of the question of each."""
    if not codes:
        return []
    files = delete(Upload).where(Upload.registration_id == registration.id, Upload.kind.in_(codes))
    return [row.kind for row in db.session.execute(files.returning(Upload.kind))]


def digest_and_name(file: Upload | None) -> str:
    """A file as the answer keeps it."""
    return f"{file.sha256} {file.given_name}" if file else ""


def drop_full(registration: Registration, *, at: datetime) -> None:
    """Take out what somebody chose before it counted, or who comes back, where others have its places by now."""
    mine = [one for one in answers_of(registration) if one.choice and one.choice in one.question.places]
    if not mine:
        return
    taken = taken_by_choice(registration.meeting, but=registration.id)
    for one in mine:
        if is_full(one.question, one.choice, taken):
            words = in_words(one, registration.meeting.written_in)
            db.session.delete(one)
            record(LOST_CHOICE, registration, by=None, at=at, answer=words, code=one.question.code)
    db.session.flush()


def forget_due(*, at: datetime) -> int:
    """Delete the answers to the next personal question whose days are over. Returns how many answers."""
    for question in questions_to_forget(at, most=1):
        lock(question)
        some = select(Answer.id).where(Answer.question_id == question.id).order_by(Answer.id).limit(AT_ONCE)
        ids = db.session.scalars(some).all()
        if question.kind == FILE:
            whose = select(Answer.registration_id).where(Answer.id.in_(ids))
            here = Upload.kind == question.code, Upload.registration_id.in_(whose)
            db.session.execute(delete(Upload).where(*here))
        db.session.execute(delete(Answer).where(Answer.id.in_(ids)))
        count_deleted(question.meeting, {ANSWERS: len(ids)}, at=at, origin=QUESTION)
        record("deleted personal answers", question, by=None, at=at, code=question.code, count=len(ids))
        return len(ids)
    return 0


def forget_usual_answers(registration: Registration) -> int:
    """The same of the questions that have no days of their own: the others go when these are over."""
    return forget_these([one for one in answers_of(registration) if one.question.retention_days is None], registration)


def forget_answers(registration: Registration) -> int:
    """Delete what was answered to personal questions, and every file; what a file was called stays on record.

    Returns how many answers and files: a personal answer with its file is one.
    """
    return forget_these(answers_of(registration), registration)


def forget_these(answers: Sequence[Answer], registration: Registration) -> int:
    guarded = [one for one in answers if one.question.is_guarded]
    db.session.execute(delete(Answer).where(Answer.id.in_([one.id for one in guarded])))
    files = forget_files(registration, [one.question.code for one in answers if one.question.kind == FILE])
    db.session.flush()
    return len(guarded) + len([code for code in files if code not in {one.question.code for one in guarded}])
