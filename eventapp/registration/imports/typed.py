"""The cells of one row as the form about somebody else would send them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from werkzeug.datastructures import MultiDict

from eventapp.ground.text.policy import clean, folded
from eventapp.meetings.models import Category, Meeting
from eventapp.meetings.queries import categories_of
from eventapp.questions.kinds import AGREEMENT, COUNTRY, DATE, SEVERAL, WITH_CHOICES, YES, YES_NO
from eventapp.questions.models import Question
from eventapp.questions.queries import asked_of_people
from eventapp.registration.by_file.words import (
    Words,
    answers_by_word,
    categories_by_word,
    code_in,
    countries_by_word,
    genders_by_word,
    languages_by_word,
    roles_by_word,
    several_in,
)
from eventapp.registration.forms.organizations import name_of, names_of
from eventapp.registration.imports.columns import CATEGORY, REPRESENTS, ROLE
from eventapp.registration.imports.models import Import, ImportRow
from eventapp.registration.lists.sheets import as_written

ORGANIZATIONS = (REPRESENTS, "organization")  # columns that may name one
STATES = ("member", "associate", "state")
PREFIX = "q_"  # of the fields of the meeting's own questions
MIDNIGHT = " 00:00:00"  # what a workbook has behind a day
TICKS = ("lists_name", "shares_email", "may_be_photographed")


@dataclass(frozen=True)
class Reading:
    """What the cells of a file are read with, made once for many rows."""

    columns: Mapping[str, int]  # what a column is → which it is, counted from 0
    terms: Mapping[str, str]
    categories: Mapping[str, Category]  # by code
    types: Words
    questions: Mapping[str, Question]  # by code, those that the file answers
    asked: Sequence[Question]  # all of them, where the file answers any
    choices: Mapping[str, Words]  # of each of them
    names: Mapping[str, str] = field(default_factory=dict)  # of organizations in some rows, by what stands there

    def words(self, cells: Sequence[str]) -> dict[str, str]:
        """What the row says, by what its columns are; what is empty is left out."""
        found = {
            code: as_written(str(cells[place])).strip() for code, place in self.columns.items() if place < len(cells)
        }
        return {code: words for code, words in found.items() if words}

    def name_of(self, organization: str) -> str:
        """The name of the organization that a cell says, as a delegation has it."""
        return self.names.get(organization) or name_of(organization)


def reading_of(one: Import, rows: Sequence[ImportRow]) -> Reading:
    """How these rows of the file are read."""
    read = reading(one.meeting, [str(code) for code in one.columns], one.terms)
    words = (read.words(row.cells) for row in rows)
    named = {clean(found[code]) for found in words for code in ORGANIZATIONS if code in found}
    return replace(read, names=names_of(named, one.meeting_id))


def reading(meeting: Meeting, columns: Sequence[str], terms: Mapping[str, str]) -> Reading:
    placed = {code: place for place, code in enumerate(columns) if code}
    every = categories_of(meeting)
    asked = asked_of_people(meeting)
    questions = {one.code: one for one in asked if one.code in placed}
    choices = {code: words_of(one) for code, one in questions.items()}
    by_code, types = {one.code: one for one in every}, categories_by_word(every)
    return Reading(placed, terms, by_code, types, questions, asked if questions else (), choices)


def words_of(question: Question) -> Words:
    """The codes of the answers that a question offers, by their words in any language."""
    if question.kind in (YES_NO, AGREEMENT):
        no = "" if question.kind == AGREEMENT else "no"
        return {word: YES if code else no for word, code in answers_by_word().items()}
    if question.kind == COUNTRY:
        return countries_by_word()
    if question.kind not in WITH_CHOICES:
        return {}
    choices = question.wording.choices.items()
    return {folded(words): code for code, label in choices for words in (*label.values(), code)}


def typed(read: Reading, cells: Sequence[str], there: MultiDict[str, str] | None = None) -> MultiDict[str, str]:
    """What the form is sent for this row, over what is `there` on record already: an empty cell changes nothing."""
    words, sent = read.words(cells), MultiDict(there or {})
    for name in words.keys() - {CATEGORY, REPRESENTS, ROLE, "organization", "languages", "gender", "country", *TICKS}:
        if name not in read.questions:
            sent[name] = words[name]
    sent["email"] = words.get("email", "")
    category = code_in(read.types, words[CATEGORY]) if CATEGORY in words else sent.get(CATEGORY)
    sent[CATEGORY] = category or read.terms.get(CATEGORY, "")
    represent(read, words, sent)
    if "languages" in words:
        sent.setlist("languages", list(several_in(languages_by_word(), words["languages"])))
    if "gender" in words:
        sent["gender"] = code_in(genders_by_word(), words["gender"])
    if "country" in words:
        sent["country"] = code_in(countries_by_word(), words["country"])
    for name in TICKS:
        if name in words:
            tick(sent, name, code_in(answers_by_word(), words[name]))
    for code in read.questions.keys() & words.keys():
        sent.setlist(PREFIX + code, answers_in(read, code, words[code]))
    return sent


def represent(read: Reading, words: Mapping[str, str], sent: MultiDict[str, str]) -> None:
    """Whom the person comes for: a State and a place in its delegation, or an organization."""
    chosen = read.categories.get(sent[CATEGORY])
    if chosen is None or chosen.represents not in STATES:
        named = words.get(REPRESENTS) or words.get("organization")
        if named:
            sent["delegation"] = named
        return
    if REPRESENTS in words:
        sent["state"] = code_in(countries_by_word(), words[REPRESENTS])
    if "organization" in words:
        sent["delegation"] = words["organization"]
    if ROLE in words:
        sent[ROLE] = code_in(roles_by_word(), words[ROLE])
    elif not sent.get(ROLE):
        sent[ROLE] = read.terms.get(ROLE, "")


def tick(sent: MultiDict[str, str], name: str, answer: str) -> None:
    """Say yes or no to one of the boxes of the form; that of photographs asks the other way round."""
    field, is_on = ("no_photographs", not answer) if name == "may_be_photographed" else (name, bool(answer))
    sent.poplist(field)
    if is_on:
        sent[field] = "y"


def answers_in(read: Reading, code: str, cell: str) -> list[str]:
    """What the cell answers to the question with this code, as its field is sent it."""
    kind, choices = read.questions[code].kind, read.choices[code]
    if kind == SEVERAL and folded(cell) not in choices:
        return list(several_in(choices, cell))
    if kind == DATE:
        return [cell.removesuffix(MIDNIGHT)]
    return [answer] if (answer := code_in(choices, cell)) else []
