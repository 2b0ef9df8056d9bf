"""What a list of questions says about each, in the words of who reads."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from eventapp.ground.db.types import Record
from eventapp.ground.text.i18n import _, language, ngettext
from eventapp.ground.text.policy import search_key
from eventapp.meetings.models import Meeting
from eventapp.questions.conditions import name_of
from eventapp.questions.content import in_language
from eventapp.questions.kinds import IS, KINDS, MATCHES, NO, YES
from eventapp.questions.models import Question


def languages_of(meeting: Meeting) -> tuple[str, ...]:
    """The languages in which a question has a text, the first of the meeting first."""
    return tuple(dict.fromkeys(meeting.languages)) or ("en",)


def sections_of(questions: Sequence[Question]) -> Iterator[list[Question]]:
    """The questions that stand together under a heading, in order."""
    for _heading, together in groupby(questions, key=lambda one: one.section):
        yield list(together)


def holds_words(question: Question, words: str) -> bool:
    """Whether these words stand in its code, its text or its heading, in any language."""
    texts = (question.code, *question.label.values(), *question.section.values())
    return search_key(words) in search_key(*texts)


def about(question: Question, others: Mapping[str, Question], categories: Mapping[str, str]) -> str:
    """What is asked of whom, in a line: the kind, the places, who, and on what condition."""
    kind = KINDS[question.kind].label
    places = sum(question.places.values())
    if places:
        kind += ", " + ngettext("%(num)s place", "%(num)s places", places)
    who = ", ".join(str(categories.get(code, code)) for code in question.categories) or _("Everybody")
    if question.is_required:
        who += ", " + _("required")
    if question.is_personal:
        who += ", " + _("personal")
    if question.is_sealed:
        who += ", " + _("sealed")
    return " · ".join(filter(None, (kind, who, condition_of(question, others))))


def condition_of(question: Question, others: Mapping[str, Question]) -> str:
    """On which answers to which questions it depends; "" where it is always shown."""
    parts = [describe(part, others[part["question"]]) for part in question.conditions if part["question"] in others]
    if len(parts) > 1:
        match = MATCHES[question.condition["match"]].label
        return f"{match}: " + "; ".join(parts)
    return parts[0] if parts else ""


def describe(condition: Record, other: Question) -> str:
    """One condition in words; `other` is the question it names."""
    answer = answer_named(other, condition["answer"])
    if condition["compared"] == IS:
        return _("Only if “%(question)s” has the answer “%(answer)s”", question=name_of(other), answer=answer)
    return _("Only if “%(question)s” has not the answer “%(answer)s”", question=name_of(other), answer=answer)


def answer_named(question: Question, code: str) -> str:
    """This answer to a question in words: “any” where none is named."""
    if code in question.wording.choices:
        return in_language(question.wording.choices[code], language(), question.meeting.written_in)[0]
    return {YES: _("Yes"), NO: _("No")}.get(code) or _("any answer")


def missing_texts(meeting: Meeting, questions: Sequence[Question]) -> dict[str, int]:
    """How many texts the readers of each further language see in the first one."""
    first, *others = languages_of(meeting)
    missing = dict.fromkeys(others, 0)
    for question in questions:
        wording = question.wording
        for texts in (wording.label, question.help, question.section, wording.agreement, *wording.choices.values()):
            for code in others:
                missing[code] += bool(texts.get(first)) and not texts.get(code)
    return {code: count for code, count in missing.items() if count}
