"""From a question to the entry of a file, and back."""

from collections.abc import Iterable, Mapping

from eventapp.meeting_file.questions.entries import ChoiceEntry, ConditionEntry, QuestionEntry
from eventapp.meeting_file.texts.entries import ChoiceTexts, QuestionTexts
from eventapp.meetings.models import Meeting
from eventapp.questions.content import Choice, Condition, QuestionContent, Texts
from eventapp.questions.kinds import ALL, STAGES
from eventapp.questions.models import Question
from eventapp.questions.queries import every_question_of

FIRST = "en"  # where the file does not say in which language the meeting is written; its settings know
NAMES = ("label", "help", "section", "agreement")


def entries_of_questions(meeting: Meeting) -> tuple[QuestionEntry, ...]:
    """What a meeting asks, stage by stage, in order."""
    asked = sorted(every_question_of(meeting), key=lambda one: (list(STAGES).index(one.stage), one.position))
    return tuple(_entry(one, meeting.languages) for one in asked)


def content_in(entry: QuestionEntry, first: str) -> QuestionContent:
    """What this entry says, for the actions; `first` is the first language of the meeting."""
    label, help_, section, agreement = (_texts(entry, name, first, entry.texts) for name in NAMES)
    choices = (
        Choice(code=one.code, label=_texts(one, "label", first, one.texts), places=one.places) for one in entry.choices
    )
    conditions = (
        Condition(question=one.question, compared=one.compared, answer=one.answer) for one in entry.conditions
    )
    return QuestionContent(
        kind=entry.kind,
        stage=entry.stage,
        label=label,
        help=help_,
        section=section,
        agreement=agreement,
        choices=tuple(choices),
        categories=entry.categories,
        conditions=tuple(conditions),
        match=entry.match,
        is_required=entry.required,
        is_personal=entry.personal,
        retention_days=entry.retention_days,
    )


def _entry(question: Question, languages: list[str]) -> QuestionEntry:
    first, *others = languages or [FIRST]
    words = question.wording
    texts_of = {"label": words.label, "help": question.help, "section": question.section, "agreement": words.agreement}
    texts = (
        (code, {name: text for name, source in texts_of.items() if (text := source.get(code))})
        for code in dict.fromkeys(others)
        if code != first
    )
    conditions = (
        ConditionEntry(question=one["question"], compared=one["compared"], answer=one["answer"])
        for one in question.conditions
    )
    return QuestionEntry(
        code=question.code,
        kind=question.kind,
        stage=question.stage,
        **{name: source.get(first, "") for name, source in texts_of.items()},
        choices=tuple(
            _choice(code, label, question.places.get(code), languages) for code, label in words.choices.items()
        ),
        categories=tuple(question.categories),
        match=question.condition.get("match", ALL),
        conditions=tuple(conditions),
        required=question.is_required,
        personal=question.is_personal,
        retention_days=question.retention_days,
        texts=tuple(QuestionTexts(language=code, **there) for code, there in texts if there),
    )


def _choice(code: str, label: Mapping[str, str], places: int | None, languages: list[str]) -> ChoiceEntry:
    first, *others = languages or [FIRST]
    texts = tuple(
        ChoiceTexts(language=one, label=label[one]) for one in dict.fromkeys(others) if one != first and label.get(one)
    )
    return ChoiceEntry(code=code, label=label.get(first, ""), places=places, texts=texts)


def _texts(
    entry: QuestionEntry | ChoiceEntry, name: str, first: str, others: Iterable[QuestionTexts | ChoiceTexts]
) -> Texts:
    texts = {first: getattr(entry, name), **{one.language: getattr(one, name) for one in others}}
    return {code: text for code, text in texts.items() if text}
