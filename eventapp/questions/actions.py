"""What happens to a question. Each time the meeting gets another version: pages that are kept are drawn anew."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from eventapp.ground.db import db, lock, lock_whole
from eventapp.ground.db.types import Record
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _, ngettext
from eventapp.history.actions import record
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person
from eventapp.questions.codes import next_choice, next_code, places_in, with_codes
from eventapp.questions.conditions import (
    depending_on,
    name_of,
    refuse_before_its_condition,
    refuse_lost,
    refuse_unfit,
)
from eventapp.questions.content import QuestionContent
from eventapp.questions.kinds import MOST_QUESTIONS
from eventapp.questions.models import Question, QuestionWording
from eventapp.questions.queries import codes_of, every_question_of, questions_of, wordings_of


@dataclass(frozen=True)
class Answered:
    """How many people answered a question, and how many chose each choice, by its code."""

    people: int = 0
    taken: Mapping[str, int] = field(default_factory=dict)


NOBODY = Answered()


def add_question(
    meeting: Meeting, content: QuestionContent, *, by: Person | None, at: datetime, code: str = ""
) -> Question:
    """Ask this too, after the others of its stage. Refused beside 500 others, and for an unfit condition."""
    lock(meeting)
    others, codes = every_question_of(meeting), codes_of(meeting)
    if len(others) >= MOST_QUESTIONS:
        raise Refused(
            _("A meeting asks %(most)s questions at most. Stop asking another one first.", most=MOST_QUESTIONS)
        )
    position = 1 + sum(one.stage == content.stage for one in others)
    refuse_unfit(content, others, position)
    content = with_codes(content, 1)
    meeting.version += 1
    return ask(meeting, code or next_code(codes), content, position, by=by, at=at)


def ask(
    meeting: Meeting, code: str, content: QuestionContent, position: int, *, by: Person | None, at: datetime
) -> Question:
    """Write down a question that is asked from now on, at this place of its stage. The meeting is locked."""
    question = Question(
        meeting=meeting,
        code=code,
        position=position,
        places=places_in(content),
        wording_number=1,
        made_at=at,
        **content.columns(),
    )
    db.session.add(question)
    db.session.flush()
    write_wording(question, content.words(), by=by, at=at)
    record("added question", question, by=by, at=at, code=code, label=content.label)
    return question


def change_question(
    question: Question,
    content: QuestionContent,
    version: int,
    answered: Answered = NOBODY,
    *,
    by: Person | None,
    at: datetime,
) -> Record:
    """Ask it otherwise. Other words are a new version: answers stay with the one they were given to.

    Returns field → [before, after]. Refused where somebody changed it since `version` was read, for another kind once
    it was answered, for fewer places than are taken, and for a condition that does not fit, its own or another's.
    """
    lock(question.meeting)
    lock(question)
    if question.version != version:
        raise Refused(_("Somebody changed this question meanwhile. Compare, and save again what is to stand."))
    content = with_codes(content, next_choice(question))
    refuse_answered(question, content, answered)
    others = [one for one in every_question_of(question.meeting) if one is not question]
    position = question.position
    if content.stage != question.stage:
        position = 1 + sum(one.stage == content.stage for one in others)
    refuse_unfit(content, others, position)
    before = stands_now(question)
    after = content.columns() | {"places": places_in(content)} | content.words()
    changes = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
    if not changes:
        return {}
    refuse_lost(question, content, others)
    if content.words() != question.wording.words:
        write_wording(question, content.words(), by=by, at=at, number=question.wording_number + 1)
    put_in(question, content, position)
    record("changed question", question, by=by, at=at, code=question.code, changes=changes)
    return changes


def put_in(question: Question, content: QuestionContent, position: int) -> None:
    """Put on the row what it holds; where its stage is another one, those it leaves close up."""
    left = question.stage
    for name, value in (content.columns() | {"places": places_in(content), "position": position}).items():
        setattr(question, name, value)
    question.version += 1
    question.meeting.version += 1
    db.session.flush()
    if left != content.stage:
        renumber(list(questions_of(question.meeting, left)))


def place_question(question: Question, place: int, *, by: Person | None, at: datetime) -> None:
    """Ask it as the first, second … of its stage. Refused above what it depends on, and below what depends on it."""
    lock(question.meeting)
    lock(question)
    refuse_ended(question)
    others = [one for one in questions_of(question.meeting, question.stage) if one is not question]
    moved = [*others]
    moved.insert(max(0, min(place - 1, len(others))), question)
    refuse_before_its_condition(moved)
    if renumber(moved):
        question.meeting.version += 1
        record("moved question", question, by=by, at=at, code=question.code, place=question.position)


def end_question(question: Question, *, by: Person | None, at: datetime) -> None:
    """Ask nobody any more; what was answered stays. Refused where other questions depend on it."""
    lock(question.meeting)
    lock(question)
    refuse_ended(question)
    depending = depending_on(question, every_question_of(question.meeting))
    if depending:
        raise Refused(
            _(
                "“%(other)s” is shown only after an answer to this question. Change its condition first.",
                other=name_of(depending[0]),
            )
        )
    question.ended_at = at
    question.version += 1
    question.meeting.version += 1
    db.session.flush()
    renumber(list(questions_of(question.meeting, question.stage)))
    record("stopped asking", question, by=by, at=at, code=question.code)


def ask_again(question: Question, *, by: Person | None, at: datetime) -> None:
    """Ask it again, after the others. Refused where it is asked, and where the one it depends on is not."""
    lock(question.meeting)
    lock(question)
    if question.ended_at is None:
        raise Refused(_("This question is asked already."))
    others = every_question_of(question.meeting)
    if len(others) >= MOST_QUESTIONS:
        raise Refused(
            _("A meeting asks %(most)s questions at most. Stop asking another one first.", most=MOST_QUESTIONS)
        )
    question.position = 1 + sum(one.stage == question.stage for one in others)
    if {part["question"] for part in question.conditions} - {one.code for one in others}:
        raise Refused(_("The question this one depends on is not asked any more. Ask that one again first."))
    question.ended_at = None
    question.version += 1
    question.meeting.version += 1
    record("asked again", question, by=by, at=at, code=question.code)


def remove_question(question: Question, answered: Answered = NOBODY, *, by: Person | None, at: datetime) -> None:
    """Delete a question that nobody answered, for good. Refused where somebody did, or while it is asked."""
    lock(question.meeting)
    lock_whole(question)
    if question.ended_at is None:
        raise Refused(_("This question is still asked. Stop asking it first."))
    if answered.people:
        raise Refused(
            ngettext(
                "%(num)d person answered this question, so it stays.",
                "%(num)d people answered this question, so it stays.",
                answered.people,
            )
        )
    record("removed question", question, by=by, at=at, code=question.code, label=dict(question.label))
    for wording in wordings_of(question):
        db.session.delete(wording)
    db.session.flush()
    db.session.delete(question)


def follow_category(meeting: Meeting, before: str, now: str) -> None:
    """Ask the same people under another code of their category. The meeting is locked."""
    for question in db.session.scalars(select(Question).where(Question.meeting_id == meeting.id)):
        if before in question.categories:
            question.categories = [now if one == before else one for one in question.categories]


def write_wording(question: Question, words: Record, *, by: Person | None, at: datetime, number: int = 1) -> None:
    """Write down the words that are asked from now on."""
    db.session.add(
        QuestionWording(question_id=question.id, number=number, words=words, at=at, by_id=by.id if by else None)
    )
    question.wording_number = number
    db.session.flush()
    db.session.expire(question, ["wording"])


def stands_now(question: Question) -> Record:
    """What the question is now, by the names that a content has."""
    names = QuestionContent(kind="", stage="", label={}).columns()
    return {name: getattr(question, name) for name in (*names, "places")} | question.wording.words


def refuse_answered(question: Question, content: QuestionContent, answered: Answered) -> None:
    """Refused for another kind once somebody answered, for a stage that is not sealed, and for too few places."""
    if answered.people and content.kind != question.kind:
        raise Refused(_("People have answered this question, so its kind stays. Stop asking it, and add another."))
    if answered.people and question.is_sealed and not content.is_sealed:
        raise Refused(_("The answers to this question are sealed, so it stays here. Stop asking it, and add another."))
    for choice in content.choices:
        taken = answered.taken.get(choice.code, 0)
        if choice.places is not None and choice.places < taken:
            raise Refused(
                ngettext(
                    "%(num)d place is taken already. Write that number or a higher one.",
                    "%(num)d places are taken already. Write that number or a higher one.",
                    taken,
                )
            )


def refuse_ended(question: Question) -> None:
    if question.ended_at is not None:
        raise Refused(_("This question is not asked any more."))


def renumber(questions: list[Question]) -> bool:
    """Number these from 1 in this order. Returns whether one has another number now."""
    changed = False
    for place, one in enumerate(questions, 1):
        if one.position != place:
            one.position, changed = place, True
    return changed
