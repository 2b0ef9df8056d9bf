"""Whether the questions of a meeting file make sense together, each fault with its line."""

from collections.abc import Iterable, Iterator, Sequence

from eventapp.meeting_file.questions.entries import ConditionEntry, QuestionEntry
from eventapp.questions.kinds import (
    AGREEMENT,
    FILE,
    INPUT,
    MOST_CHOICES,
    MOST_CONDITIONS,
    MOST_QUESTIONS,
    NO,
    REGISTRATION,
    STAGES,
    WITH_CHOICES,
    YES,
    YES_NO,
)

Found = tuple[int, str]  # line, what to do


def faults_in_questions(questions: Sequence[QuestionEntry], categories: Iterable[str]) -> Iterator[Found]:
    """What contradicts itself, or names what is not there."""
    known, above, order = set(categories), dict[str, QuestionEntry](), list(STAGES)
    latest = 0
    for number, one in enumerate(questions, 1):
        if number > MOST_QUESTIONS:
            yield one.place.line, f"A meeting asks {MOST_QUESTIONS} questions at most. Take this one away."
        stage = order.index(one.stage)
        if stage < latest:
            says = f"Question “{one.code}” of “{one.stage}” stands below one of “{order[latest]}”."
            yield one.place.line, f"{says} Write the stages in this order: {', '.join(order)}."
        latest = max(stage, latest)
        if one.stage == INPUT and one.kind == FILE:
            says = f"Question “{one.code}” of “{INPUT}” is answered by a file, and inputs take a document already."
            yield one.place.of("kind"), f"{says} Write another kind."
        yield from _answers(one)
        for code in one.categories:
            if code not in known:
                says = f"Question “{one.code}” names the category “{code}”."
                yield one.place.of("categories"), f"{says} Add it, or use: {', '.join(sorted(known)) or 'none yet'}."
        yield from _conditions(one, above)
        above[one.code] = one


def _answers(one: QuestionEntry) -> Iterator[Found]:
    takes_choices = one.kind in WITH_CHOICES
    if takes_choices and not 1 <= len(one.choices) <= MOST_CHOICES:
        yield one.place.of("choices"), f"Question “{one.code}”: write 1 to {MOST_CHOICES} answers under “choices”."
    if one.choices and not takes_choices:
        says = f"Question “{one.code}” of kind “{one.kind}” has no answers to choose."
        yield one.place.of("choices"), f"{says} Take “choices” away, or write the kind {' or '.join(WITH_CHOICES)}."
    if bool(one.agreement) != (one.kind == AGREEMENT):
        says = f"Question “{one.code}”: “agreement” is the text of the kind “{AGREEMENT}”, and only of it."
        yield one.place.of("agreement"), f"{says} Write both, or neither."
    if one.retention_days is not None and not one.personal:
        yield (
            one.place.of("retention_days"),
            f"Question “{one.code}”: “retention_days” is for a personal one. Write personal: yes.",
        )


def _conditions(one: QuestionEntry, above: dict[str, QuestionEntry]) -> Iterator[Found]:
    if len(one.conditions) > MOST_CONDITIONS:
        yield one.place.of("conditions"), f"Question “{one.code}” depends on {MOST_CONDITIONS} answers at most."
    for condition in one.conditions:
        yield from _condition(one, condition, above)


def _condition(one: QuestionEntry, condition: ConditionEntry, above: dict[str, QuestionEntry]) -> Iterator[Found]:
    other = above.get(condition.question)
    if other is None or other.stage not in (one.stage, REGISTRATION):
        says = f"Question “{one.code}” depends on “{condition.question}”, which is not asked before it."
        yield condition.place.of("question"), f"{says} Name a question above, of its stage or of {REGISTRATION}."
        return
    answers = {YES_NO: [YES, NO], AGREEMENT: [YES]}.get(other.kind, [choice.code for choice in other.choices])
    if condition.answer and condition.answer not in answers:
        says = f"Question “{other.code}” has no answer “{condition.answer}”."
        yield condition.place.of("answer"), f"{says} Use: {', '.join(answers) or 'no answer, for any'}."
