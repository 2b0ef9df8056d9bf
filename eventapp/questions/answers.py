"""What answers have in common, whoever gave them: their words, and that nobody chooses what has no place left."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from eventapp.ground.db.types import Record
from eventapp.ground.refusal import Refused
from eventapp.ground.text.dates import day
from eventapp.ground.text.i18n import _, language
from eventapp.questions.content import in_language
from eventapp.questions.kinds import AGREEMENT, COUNTRY, DATE, WITH_CHOICES, YES, YES_NO
from eventapp.questions.models import AnswerRow, Question
from eventapp.vocabulary.countries import country

Given = Mapping[str, Sequence[str]]  # code of a question → codes of choices, or the one text
Taken = Mapping[str, Mapping[str, int]]  # code of a question → code of a choice → how many chose it


class ShownAnswer(NamedTuple):
    """An answer as pages show it: the question, the language it is in, the answer, and a code where it is a file."""

    label: str
    lang: str
    words: str
    file: str  # the code of the question while its file is there


def by_question(answers: Sequence[AnswerRow]) -> dict[str, list[str]]:
    """These answers by the code of their question: codes of choices, or what was written."""
    values: dict[str, list[str]] = defaultdict(list)
    for answer in answers:
        values[answer.question.code].append(answer.value)
    return dict(values)


def in_words(answer: AnswerRow, first: str, *, opens: bool = False) -> str:
    """One answer as a person reads it, a sealed one only if it `opens`; `first` is the language to fall back to."""
    if answer.is_sealed and not opens:
        return _("sealed")
    choices, kind = answer.wording.choices, answer.question.kind
    if answer.choice in choices:
        return in_language(choices[answer.choice], language(), first)[0]
    if kind in (YES_NO, AGREEMENT):
        return _("Yes") if answer.choice == YES else _("No")
    if kind == COUNTRY:
        found = country(answer.plain)
        return found.label if found else answer.plain
    return day(date.fromisoformat(answer.plain)) if kind == DATE and answer.written else answer.plain


def words_of(answers: Sequence[AnswerRow], first: str, *, opens: bool = False) -> dict[str, str]:
    """The answer to each question in the words that the person reads, by its code."""
    words: dict[str, list[str]] = {}
    for one in answers:
        words.setdefault(one.question.code, []).append(in_words(one, first, opens=opens))
    return {code: ", ".join(values) for code, values in words.items()}


def shown(
    answers: Sequence[AnswerRow], first: str, files: Collection[str] = (), *, opens: bool = False
) -> list[ShownAnswer]:
    """These answers in the words that were asked; `files` are the codes of questions whose file is there."""
    labels: dict[str, tuple[str, str]] = {}
    for answer in answers:
        labels.setdefault(answer.question.code, in_language(answer.wording.label, language(), first))
    words = words_of(answers, first, opens=opens)
    return [
        ShownAnswer(label, lang, words[code], code if code in files else "") for code, (label, lang) in labels.items()
    ]


def value_in(kind: str, value: str) -> dict[str, str]:
    """The columns of a row that hold this answer: the code of a choice, or what was written."""
    is_choice = kind in (*WITH_CHOICES, YES_NO, AGREEMENT)
    return {"choice": value, "text": ""} if is_choice else {"choice": "", "text": value}


def changes_between(changed: Sequence[Question], before: Mapping[str, str], after: Mapping[str, str]) -> Record:
    """What the history says of these questions: their words → [before, after]; of a personal one that it changed."""
    changes: Record = {}
    for one in changed:
        first = one.meeting.written_in
        words = [before.get(one.code, ""), after.get(one.code, "")]
        changes[in_language(one.label, first, first)[0]] = None if one.is_guarded else words
    return changes


def refuse_full(limited: Sequence[Question], wanted: Given, stood: Given, taken: Taken) -> None:
    """Refused where somebody chooses anew what as many have chosen as there are places."""
    for question in limited:
        for choice in set(wanted.get(question.code, ())) - set(stood.get(question.code, ())):
            if is_full(question, choice, taken):
                words = question.wording.choices.get(choice, {})
                name = in_language(words, language(), question.meeting.written_in)[0]
                raise Refused(_("“%(answer)s” has no place left. Choose another answer.", answer=name))


def is_full(question: Question, choice: str, taken: Taken) -> bool:
    """Whether as many have chosen this as there are places."""
    places = question.places.get(choice)
    return places is not None and taken.get(question.code, {}).get(choice, 0) >= places


def full_among(questions: Sequence[Question], taken: Taken) -> dict[str, list[str]]:
    """The choices of these questions that have no place left: code of the question → codes of the choices."""
    limited = (one for one in questions if one.places)
    return {one.code: [choice for choice in one.places if is_full(one, choice, taken)] for one in limited}


def days_are_over(question: Question, at: datetime) -> bool:
    """Whether the meeting was over so many days ago as the question is kept."""
    last_day = question.meeting.ends_on + timedelta(days=question.retention_days or 0)
    return last_day < at.astimezone(question.meeting.tz).date()
