"""Writing down what somebody answered. Whoever calls these holds the meeting: places of a choice are counted."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, select

from eventapp.ground.db import db, lock
from eventapp.ground.db.types import Record
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _, language
from eventapp.history.actions import record
from eventapp.people.models import Person
from eventapp.questions.conditions import applying
from eventapp.questions.content import in_language
from eventapp.questions.kinds import AGREEMENT, FILE, REGISTRATION, WITH_CHOICES, YES_NO
from eventapp.questions.models import Question
from eventapp.questions.queries import questions_of
from eventapp.registration.answers.models import Answer
from eventapp.registration.answers.queries import (
    LOST_CHOICE,
    answers_of,
    by_question,
    in_words,
    questions_to_forget,
    taken_by_choice,
)
from eventapp.registration.models import Registration, Upload

AT_ONCE = 1000  # answers deleted in one transaction
Given = Mapping[str, Sequence[str]]  # code of a question → codes of choices, or the one text


def answer(
    registration: Registration,
    sent: Given,
    stages: Collection[str] = (REGISTRATION,),
    *,
    by: Person | None,
    at: datetime,
    category: str = "",
    files: Sequence[Upload] = (),
) -> None:
    """Keep what was answered at these stages in place of what was before; what does not apply is dropped.

    It applies to the category that was asked for, where that one waits for approval. `files` are those that came with
    it. Refused where a choice has no place left; what stood there already is never refused.
    """
    before = answers_of(registration)
    earlier = by_question([one for one in before if one.question.stage not in stages])
    questions = [one for stage in stages for one in questions_of(registration.meeting, stage)]
    asked = applying(questions, category or registration.category.code, {**earlier, **sent})
    there = [one for one in before if one.question in questions]
    stood, came = by_question(there), {one.kind: one for one in files}
    wanted = wanted_of(asked, sent, stood, came)
    if wanted == stood:
        return
    refuse_full(registration, [one for one in asked if one.places], wanted, stood)
    changed = [one for one in questions if wanted.get(one.code) != stood.get(one.code)]
    words_before = words_of(there)
    replace(registration, changed, wanted, there, at=at)
    keep_files(registration, [one.code for one in changed if one.kind == FILE], wanted, came, at=at)
    words = words_of(answers_of(registration, stages=stages))
    first = registration.meeting.written_in
    changes: Record = {
        in_language(one.label, first, first)[0]: [words_before.get(one.code, ""), words.get(one.code, "")]
        for one in changed
    }
    private = {in_language(one.label, first, first)[0]: None for one in changed if one.is_personal}
    record("answered questions", registration, by=by, at=at, changes={**changes, **private})


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
            db.session.add(row_of(registration, question, value, at=at))
    db.session.flush()


def keep_files(
    registration: Registration, codes: Sequence[str], wanted: Given, came: Mapping[str, Upload], *, at: datetime
) -> None:
    """Put the files that came in place of those that answered these questions, which are deleted."""
    forget_files(registration, codes)
    for code in codes:
        if code in wanted:
            file = came[code]
            file.registration, file.uploaded_at = registration, at
            db.session.add(file)
    db.session.flush()


def forget_files(registration: Registration, codes: Sequence[str]) -> None:
    """Delete the files that answered these questions."""
    if codes:
        db.session.execute(delete(Upload).where(Upload.registration_id == registration.id, Upload.kind.in_(codes)))


def digest_and_name(file: Upload | None) -> str:
    """A file as the answer keeps it."""
    return f"{file.sha256} {file.given_name}" if file else ""


def row_of(registration: Registration, question: Question, value: str, *, at: datetime) -> Answer:
    is_choice = question.kind in (*WITH_CHOICES, YES_NO, AGREEMENT)
    row = Answer(registration=registration, question=question, wording_id=question.wording.id, at=at)
    row.choice, row.text = (value, "") if is_choice else ("", value)
    return row


def words_of(answers: Sequence[Answer]) -> dict[str, str]:
    """The answer to each question in the words that the person reads, by its code."""
    words: dict[str, list[str]] = {}
    for one in answers:
        words.setdefault(one.question.code, []).append(in_words(one, one.question.meeting.written_in))
    return {code: ", ".join(values) for code, values in words.items()}


def refuse_full(registration: Registration, limited: Sequence[Question], wanted: Given, stood: Given) -> None:
    """Refused where somebody chooses anew what as many have chosen as there are places."""
    if not limited:
        return
    taken = taken_by_choice(registration.meeting, but=registration.id)
    for question in limited:
        for choice in set(wanted.get(question.code, ())) - set(stood.get(question.code, ())):
            places = question.places.get(choice)
            if places is not None and taken.get(question.code, {}).get(choice, 0) >= places:
                words = question.wording.choices.get(choice, {})
                name = in_language(words, language(), registration.meeting.written_in)[0]
                raise Refused(_("“%(answer)s” has no place left. Choose another answer.", answer=name))


def drop_full(registration: Registration, *, at: datetime) -> None:
    """Take out what somebody chose before it counted, or who comes back, where others have its places by now."""
    mine = [one for one in answers_of(registration) if one.choice and one.choice in one.question.places]
    if not mine:
        return
    taken = taken_by_choice(registration.meeting, but=registration.id)
    for one in mine:
        if taken.get(one.question.code, {}).get(one.choice, 0) >= one.question.places[one.choice]:
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
        record("deleted personal answers", question, by=None, at=at, code=question.code, count=len(ids))
        return len(ids)
    return 0


def forget_answers(registration: Registration) -> None:
    """Delete what was answered to personal questions, and every file; what a file was called stays on record."""
    answers = answers_of(registration)
    personal = [one.id for one in answers if one.question.is_personal]
    db.session.execute(delete(Answer).where(Answer.id.in_(personal)))
    forget_files(registration, [one.question.code for one in answers if one.question.kind == FILE])
    db.session.flush()
