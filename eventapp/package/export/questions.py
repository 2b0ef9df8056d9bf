"""The questions of a meeting's own, and in an archive the answers that may leave, of who is listed."""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import contains_eager, joinedload

from eventapp.ground.db import db
from eventapp.ground.db.types import Record
from eventapp.ground.text.policy import writable
from eventapp.inputs.answers.models import InputAnswer
from eventapp.meetings.models import Meeting
from eventapp.package.manifest import content
from eventapp.package.manifest import questions as asked
from eventapp.questions.answers import value_in
from eventapp.questions.content import Choice, Condition, QuestionContent
from eventapp.questions.kinds import ALL, DATE, DESK, FILE, KINDS, STAGES
from eventapp.questions.models import GUARDED, AnswerRow, Question, QuestionWording
from eventapp.registration.answers.models import Answer
from eventapp.registration.models import Registration

Words = Callable[[str], str]  # the words as they may leave, or nothing
Leaving = Mapping[int, tuple[asked.Answer, ...]]  # number of a row → its answers
DAY = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")
PLACES = {code: place for place, code in enumerate(STAGES)}
LONGEST_CODE = 20  # as the columns have room
SAME = (
    "code",
    "kind",
    "stage",
    "position",
    "help",
    "section",
    "condition",
    "places",
    "is_required",
    "is_personal",
    "retention_days",
    "wording_number",
    "made_at",
)


def questions_leaving(meeting: Meeting, level: str) -> Iterator[asked.Question]:
    """What is asked of everybody, by code; in an archive also what organizers note, and what is asked no longer."""
    query = select(Question).where(Question.meeting_id == meeting.id)
    if level != content.ARCHIVE:
        query = query.where(Question.stage != DESK, Question.ended_at.is_(None))
    rows = sorted(db.session.scalars(query), key=lambda one: (PLACES.get(one.stage, len(PLACES)), one.position, one.id))
    wordings: dict[int, list[QuestionWording]] = defaultdict(list)
    every = select(QuestionWording).join(Question, Question.id == QuestionWording.question_id)
    for one in db.session.scalars(every.where(Question.meeting_id == meeting.id).order_by(QuestionWording.number)):
        wordings[one.question_id].append(one)
    for row in rows:
        yield asked.Question(
            **{name: getattr(row, name) for name in SAME},
            categories=tuple(row.categories),
            ended_at=row.ended_at,
            wordings=tuple(
                asked.Wording(one.number, one.at, one.words)
                for one in wordings[row.id]
                if level == content.ARCHIVE or one.number == row.wording_number
            ),
        )


def answers_of_people(meeting: Meeting, people: Collection[Registration], level: str, words: Words) -> Leaving:
    """What these people answered, by the number of their row; a public package says nothing of it."""
    if level != content.ARCHIVE:
        return {}
    listed = {one.id for one in people}
    query = select(Answer).join(Answer.question).where(*may_leave(meeting)).order_by(*IN_ORDER, Answer.id)
    rows = db.session.scalars(query.options(contains_eager(Answer.question), joinedload(Answer.wording)))
    return by_row(((one.registration_id, one) for one in rows if one.registration_id in listed), words)


def answers_of_inputs(meeting: Meeting, level: str, words: Words) -> Leaving:
    """The same of inputs, by the number of their row."""
    if level != content.ARCHIVE:
        return {}
    query = select(InputAnswer).join(InputAnswer.question).where(*may_leave(meeting))
    query = query.order_by(*IN_ORDER, InputAnswer.id)
    rows = db.session.scalars(query.options(contains_eager(InputAnswer.question), joinedload(InputAnswer.wording)))
    return by_row(((one.input_id, one) for one in rows), words)


IN_ORDER = (Question.stage, Question.position, Question.id)


def may_leave(meeting: Meeting) -> tuple[ColumnElement[bool], ...]:
    """Of the answers of a meeting no personal or sealed one, none that organizers wrote, and no file."""
    here = Question.meeting_id == meeting.id
    return here, ~GUARDED, Question.stage != DESK, Question.kind != FILE


def by_row(rows: Iterable[tuple[int, AnswerRow]], words: Words) -> Leaving:
    found: dict[int, list[asked.Answer]] = defaultdict(list)
    for number, row in rows:
        text = words(row.text)
        if row.choice or text:
            found[number].append(asked.Answer(row.question.code, row.wording.number, row.choice, text))
    return {number: tuple(answers) for number, answers in found.items()}


def loose_questions(package: content.Package) -> Iterator[str]:
    """What a question says that none does, and answers to what was not asked."""
    categories = {one.code for one in package.meeting.categories}
    for one in package.questions:
        numbers = [each.number for each in one.wordings]
        if (
            one.wording_number not in numbers
            or numbers != sorted(set(numbers))
            or not categories.issuperset(one.categories)
        ):
            yield f"question {one.code}: its versions, or who is asked"
        elif not all(is_as_made(one, each.words) for each in one.wordings):
            yield f"question {one.code}: no question can be made of it"
    people = ((f"participant {place}", one.answers) for place, one in enumerate(package.participants))
    inputs = ((f"input {one.reference}", one.answers) for one in package.inputs)
    questions = {one.code: one for one in package.questions}
    for where, answers in (*people, *inputs):
        yield from (
            f"{where}: answer to {one.question!a}" for one in answers if not fits(one, questions.get(one.question))
        )


def is_as_made(one: asked.Question, words: Record) -> bool:
    """Whether the row that is made of it says the same again."""
    try:
        made = content_in(one, words)
        same = {**made.columns(), "places": {**one.places}, "categories": one.categories}
        sound = one.kind in KINDS and one.stage in STAGES and made.words() == words and len(one.code) <= LONGEST_CODE
        texts = (made.label, made.help, made.section, made.agreement, *(choice.label for choice in made.choices))
        return (
            sound
            and all(is_by_language(each) for each in texts)
            and all(getattr(one, name) == value for name, value in same.items())
            and all(isinstance(number, int) for number in one.places.values())
        )
    except (AttributeError, KeyError, TypeError, ValueError):
        return False


def content_in(one: asked.Question, words: Record) -> QuestionContent:
    """A question of a package in these words, as an organizer types one."""
    return QuestionContent(
        kind=one.kind,
        stage=one.stage,
        label=words["label"],
        agreement=words["agreement"],
        choices=tuple(Choice(code=each["code"], label=each["label"]) for each in words["choices"]),
        help=one.help,
        section=one.section,
        categories=one.categories,
        conditions=tuple(Condition(**each) for each in one.condition.get("of", ())),
        match=one.condition.get("match", ALL),
        is_required=one.is_required,
        is_personal=one.is_personal,
        retention_days=one.retention_days,
    )


def is_by_language(texts: object) -> bool:
    """Whether this is a text per language."""
    return isinstance(texts, dict) and all(isinstance(text, str) and writable(text) == text for text in texts.values())


def fits(answer: asked.Answer, question: asked.Question | None) -> bool:
    """Whether this can be an answer to the question, in a version of its words that is there."""
    if question is None or question.is_personal or answer.wording not in {one.number for one in question.wordings}:
        return False
    value = answer.choice or answer.text
    if not value or len(answer.choice) > LONGEST_CODE or (question.kind == DATE and not DAY.fullmatch(value)):
        return False
    return value_in(question.kind, value) == {"choice": answer.choice, "text": answer.text}
