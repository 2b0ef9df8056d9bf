"""Which questions another may depend on, and whether one that has a condition applies."""

from collections.abc import Iterable, Mapping, Sequence

from eventapp.ground.db.types import Record
from eventapp.ground.refusal import Refused
from eventapp.ground.security.sealing import can_seal, no_key
from eventapp.ground.text.i18n import _, language
from eventapp.questions.content import Condition, QuestionContent, in_language
from eventapp.questions.kinds import (
    AGREEMENT,
    APPROVED,
    DESK,
    INPUT,
    IS,
    IS_NOT,
    MATCHES,
    MOST_CONDITIONS,
    NO,
    REGISTRATION,
    WITH_CHOICES,
    YES,
    YES_NO,
)
from eventapp.questions.models import Question

Chosen = Mapping[str, Iterable[str]]  # code of a question → codes of the answers, or the words; none: not answered


def is_met(condition: Record, chosen: Chosen) -> bool:
    """Whether these answers meet a condition; nobody asks here whether the question it names is hidden."""
    answers, wanted = set(chosen.get(condition["question"], ())), condition["answer"]
    has_it = wanted in answers if wanted else bool(answers)
    return has_it if condition["compared"] == IS else not has_it


def applying(questions: Sequence[Question], category: str, chosen: Chosen) -> list[Question]:
    """Those of these questions, in their order, that somebody is asked: a condition on a hidden one is not met."""
    asked, hidden = [], set[str]()
    for question in questions:
        met = (one["question"] not in hidden and is_met(one, chosen) for one in question.conditions)
        if question.is_for(category) and question.holds(met):
            asked.append(question)
        else:
            hidden.add(question.code)
    return asked


def answers_to_name(question: Question) -> list[str]:
    """The codes of answers to this question that a condition may name."""
    if question.kind in WITH_CHOICES:
        return list(question.wording.choices)
    return {YES_NO: [YES, NO], AGREEMENT: [YES]}.get(question.kind, [])


def is_before(question: Question, stage: str, position: int) -> bool:
    """Whether this question is asked before one at this place: above it, or at registration where that is over."""
    if question.stage == stage:
        return question.position < position
    return question.stage == REGISTRATION and stage in (APPROVED, DESK, INPUT)


def refuse_unfit(content: QuestionContent, others: Sequence[Question], position: int) -> None:
    """Refused where a condition names a question that is not asked before, or an answer that it has not; and where
    something is to be sealed without a key.
    """
    if content.is_sealed and not can_seal():
        raise Refused(no_key())
    if len(content.conditions) > MOST_CONDITIONS or content.match not in MATCHES:
        raise Refused(_("A question depends on %(most)s answers at most.", most=MOST_CONDITIONS))
    for condition in content.conditions:
        refuse_unfit_one(condition, others, content.stage, position)


def refuse_unfit_one(condition: Condition, others: Sequence[Question], stage: str, position: int) -> None:
    """The same for one condition."""
    found = next((one for one in others if one.code == condition.question), None)
    if found is None or condition.compared not in (IS, IS_NOT):
        raise Refused(_("The question this one depends on is not asked any more. Choose another, or “Always”."))
    if not is_before(found, stage, position):
        raise Refused(_("“%(other)s” is asked later. A question depends on one above it.", other=name_of(found)))
    if condition.answer and condition.answer not in answers_to_name(found):
        raise Refused(_("“%(other)s” has no such answer any more. Choose another.", other=name_of(found)))


def depending_on(question: Question, others: Sequence[Question]) -> list[Question]:
    """Those of these questions that are asked only after an answer to this one."""
    return [one for one in others if any(part["question"] == question.code for part in one.conditions)]


def refuse_before_its_condition(moved: Sequence[Question]) -> None:
    """Refused where a question of this new order stands above the one it depends on."""
    places = {one.code: place for place, one in enumerate(moved)}
    for place, one in enumerate(moved):
        below = max((places.get(part["question"], -1) for part in one.conditions), default=-1)
        if below > place:
            other = moved[below]
            raise Refused(
                _(
                    "“%(question)s” is shown only after an answer to “%(other)s”, so it stays below it.",
                    question=name_of(one),
                    other=name_of(other),
                )
            )


def refuse_lost(question: Question, content: QuestionContent, others: list[Question]) -> None:
    """Refused where a question depends on this one being asked before, or on an answer that it has no longer."""
    for one in depending_on(question, others):
        answers = [part["answer"] for part in one.conditions if part["question"] == question.code and part["answer"]]
        named = (
            [choice.code for choice in content.choices] if content.kind in WITH_CHOICES else answers_to_name(question)
        )
        if content.stage != question.stage or content.kind != question.kind or set(answers) - set(named):
            raise Refused(
                _(
                    "“%(other)s” is shown only after an answer to this question. Change its condition first.",
                    other=name_of(one),
                )
            )


def name_of(question: Question) -> str:
    """What the question is called to who reads now."""
    return in_language(question.label, language(), question.meeting.written_in)[0]
