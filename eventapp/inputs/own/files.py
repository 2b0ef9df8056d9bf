"""Files that answer questions of an input: kept as soon as they come, whether the input is sent or not."""

from collections.abc import Collection, Sequence
from datetime import datetime

from eventapp.ground.db import db, lock
from eventapp.inputs.actions import in_time, write_down
from eventapp.inputs.answers.models import AnswerFile
from eventapp.inputs.answers.queries import answers_of_input, files_of_answers
from eventapp.inputs.models import Input
from eventapp.questions.kinds import FILE
from eventapp.questions.models import Question
from eventapp.registration.models import Upload


def put_answers(
    written: Input, asked: Sequence[Question], came: Sequence[Upload], *, but: Collection[str] = (), at: datetime
) -> None:
    """Keep the files that came for these questions, each in place of the one in the form, and leave out those of the
    questions with the codes in `but`. What is neither in the form nor in what was sent is deleted.

    Refused after the deadline. It comes after the input was sent or kept.
    """
    lock(written)
    in_time(written.meeting, at)
    questions, gone = {one.code: one for one in asked}, {*but, *(one.kind for one in came)}
    there = files_of_answers(written)
    for one in there:
        if one.replaced_at is None and one.question.code in gone:
            one.replaced_at = at
    for new in came:
        facts = {"content_type": new.content_type, "content": new.content, "sha256": new.sha256}
        question, name = questions[new.kind], new.given_name
        db.session.add(AnswerFile(input=written, question=question, given_name=name, uploaded_at=at, **facts))
        shown = "" if question.is_guarded else name
        write_down("sent a file of an input", written, by=written.person, at=at, file=shown)
    sent = {(one.question_id, one.text) for one in answers_of_input(written)}
    for one in there:
        if one.replaced_at is not None and (one.question_id, one.value) not in sent:
            db.session.delete(one)
    db.session.flush()


def put_typed(
    written: Input, asked: Sequence[Question], answered: Collection[str], came: Sequence[Upload], *, at: datetime
) -> None:
    """Keep the files that came for these questions, and leave out those of questions that are not answered any more."""
    files = [one for one in asked if one.kind == FILE]
    if files:
        put_answers(written, files, came, but=[one.code for one in files if one.code not in answered], at=at)
