"""Sheets: the good practices whose presenters agreed to it, each as one entry of somebody else's form.

Title, description, lines, goals and figures are those of the cleared note, the rest is what the presenter sent on the
card, or what the secretariat completed. Nothing is cut and nothing is made up: what is missing, too short or too long
is said beside the field.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eventapp.ground.text.policy import words_in
from eventapp.meetings.models import Meeting
from eventapp.outlets.groups import unnamed_at
from eventapp.outlets.sheets.answers import ENGLISH, NOTHING, EnglishWords, answers_of
from eventapp.outlets.sheets.questions import MISSING, NOT_ENGLISH, SEVERAL, Question, SheetForm
from eventapp.practices.completion.actions import completed
from eventapp.practices.content import Practice, practice_from
from eventapp.practices.models import Card
from eventapp.practices.queries import sent_and_agreed
from eventapp.record.extras.models import Translation
from eventapp.record.extras.queries import translations_by_note
from eventapp.record.notes.models import Note
from eventapp.review.language.attribution import CATEGORY, NOBODY, PERSON, level_of, names_above
from eventapp.review.language.names import Names
from eventapp.review.reports.queries import is_cleared

NO_NOTE, NOT_CLEARED, UNNAMED, SAYS_TOO_MUCH = "no-note", "not-cleared", "unnamed", "says-too-much"


@dataclass(frozen=True)
class Answer:
    """What stands in one field, who says it, and what is wrong with it: '' where nothing is."""

    question: Question
    text: str
    fault: str
    origin: str = ""

    @property
    def words(self) -> int:
        """How many words it has, as the form counts them."""
        return words_in(self.text)


@dataclass(frozen=True)
class Sheet:
    """One good practice in one form, complete."""

    number: int
    card: str
    session: str
    note_number: int
    note: str
    project: str
    answers: tuple[Answer, ...]

    @property
    def faults(self) -> tuple[Answer, ...]:
        """The answers that somebody has to complete or shorten before this can be sent."""
        return tuple(answer for answer in self.answers if answer.fault)


@dataclass(frozen=True)
class Waiting:
    """A card whose presenter agreed and that cannot go out yet, or may not: the reason is a code."""

    card: str
    project: str
    note: str
    reason: str


@dataclass(frozen=True)
class Sheets:
    """Everything for one form: what can be sent, and what waits."""

    form: SheetForm
    ready: tuple[Sheet, ...]
    waiting: tuple[Waiting, ...]


def sheets(meeting: Meeting, form: SheetForm) -> Sheets:
    """Return a sheet for each card whose presenter agrees to this form now and whose note is cleared."""
    unnamed = unnamed_at(meeting, PERSON)
    cards = sent_and_agreed(meeting, form.name)
    english = translations_by_note(card.note for card, _sent in cards if card.note)
    ready, waiting = [], []
    for card, sent in cards:
        practice = completed(practice_from(sent.content), card.completion)
        note = card.note if card.is_noted else None
        told = english_of(note, english) if note else None
        sheet = filled_sheet(form, card, note, practice, told) if note and told else None
        reason = reason_to_wait(note, sheet, unnamed)
        if sheet and not reason:
            ready.append(sheet)
        else:
            waiting.append(Waiting(card.reference, practice.project, note.reference if note else "", reason))
    return Sheets(form, tuple(ready), tuple(waiting))


def english_of(note: Note, translations: Mapping[int, Sequence[Translation]]) -> EnglishWords:
    """Return the note's own words, or their English translation where they are in another language."""
    now = note.current
    for one in translations.get(note.id, ()) if now.language != ENGLISH else ():
        if one.language == ENGLISH and one.of_revision == note.head:
            return EnglishWords(one.title or now.title, one.text, ENGLISH)
    return EnglishWords(now.title, now.text, now.language)


def reason_to_wait(note: Note | None, sheet: Sheet | None, unnamed: Names) -> str:
    """Say why this may not go out now; '' where it may."""
    if note is None or sheet is None:
        return NO_NOTE
    if not is_cleared(note):
        return NOT_CLEARED
    if level_of(note.current, PERSON) in (CATEGORY, NOBODY):
        return UNNAMED  # both forms ask which organization it is
    # whom to ask is what the presenter gave to be forwarded; no other field may name a person above a ceiling
    text = "\n".join(answer.text for answer in sheet.answers if answer.question.key != "contact")
    return SAYS_TOO_MUCH if names_above(text, [note.current], PERSON, unnamed.allowed) or unnamed.found_in(text) else ""


def filled_sheet(form: SheetForm, card: Card, note: Note, practice: Practice, english: EnglishWords) -> Sheet:
    """Return the form with every question answered by what card and note have, and what the secretariat completed."""
    found = answers_of(note.current, practice, english, ours=card.completion.content if card.completion else {})
    answers = []
    for question in form.questions:
        known = found.get(question.key, NOTHING)
        fault = fault_of(question, known.parts)
        if not fault and form.english_only and question.is_prose and known.language != ENGLISH:
            fault = NOT_ENGLISH
        answers.append(Answer(question, "\n".join(known.parts), fault, known.origin))
    return Sheet(
        card.number,
        card.reference,
        note.session.code,
        note.number,
        note.reference,
        practice.project,
        tuple(answers),
    )


def fault_of(question: Question, parts: Sequence[str]) -> str:
    """Say what is wrong with these parts of an answer; '' where they can be sent."""
    if not parts:
        return MISSING
    if question.takes_one and len(parts) > 1:
        return SEVERAL
    return question.limit.fault_of(words_in("\n".join(parts))) if question.limit else ""
