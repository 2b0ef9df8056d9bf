"""Sheets: the good practices whose presenters agreed to it, each as one entry of somebody else's form.

Title, description, lines, goals and figures are those of the cleared note, the rest is what the presenter sent on the
card. Nothing is cut and nothing is made up: what is missing, too short or too long is said beside the field.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from eventapp.meetings.models import Meeting
from eventapp.outcomes.companions import translations_by_note
from eventapp.outcomes.models import Note, Revision, Translation
from eventapp.outlets.papers import cleared
from eventapp.outlets.sheet_forms import ENTITIES, MISSING, NOT_ENGLISH, SEVERAL, Question, SheetForm
from eventapp.practices.content import Practice, practice_from
from eventapp.practices.models import Card
from eventapp.practices.queries import sent_and_agreed
from eventapp.review.attribution import CATEGORY, NOBODY, PERSON, level_of, names_above, never_named, state_of
from eventapp.review.names import Names
from eventapp.review.queries import is_cleared
from eventapp.text import words_in
from eventapp.vocabulary.lines import ACTION_LINES
from eventapp.vocabulary.matrix import MATRIX

ENGLISH = "en"
NO_NOTE, NOT_CLEARED, UNNAMED, SAYS_TOO_MUCH = "no-note", "not-cleared", "unnamed", "says-too-much"


@dataclass(frozen=True)
class Answer:
    """What stands in one field, and what is wrong with it: '' where nothing is."""

    question: Question
    text: str
    fault: str

    @property
    def words(self) -> int:
        """How many words it has, as the form counts them."""
        return words_in(self.text)


@dataclass(frozen=True)
class Sheet:
    """One good practice in one form, complete."""

    card: str
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
    unnamed = never_named((note.current for note in cleared(meeting)), PERSON)
    cards = sent_and_agreed(meeting, form.name)
    english = translations_by_note(card.note for card, _sent in cards if card.note)
    ready, waiting = [], []
    for card, sent in cards:
        practice = practice_from(sent.content)
        note = card.note if card.is_noted else None
        told = english_of(note, english) if note else None
        sheet = filled_sheet(form, card, note, practice, told) if note and told else None
        reason = reason_to_wait(note, sheet, unnamed)
        if sheet and not reason:
            ready.append(sheet)
        else:
            waiting.append(Waiting(card.reference, practice.project, note.reference if note else "", reason))
    return Sheets(form, tuple(ready), tuple(waiting))


@dataclass(frozen=True)
class Told:
    """Title and text of a note, in English where it has such words, and the language they are in."""

    title: str
    text: str
    language: str


def english_of(note: Note, translations: Mapping[int, Sequence[Translation]]) -> Told:
    """Return the note's own words, or their English translation where they are in another language."""
    now = note.current
    for one in translations.get(note.id, ()) if now.language != ENGLISH else ():
        if one.language == ENGLISH and one.of_revision == note.head:
            return Told(one.title or now.title, one.text, ENGLISH)
    return Told(now.title, now.text, now.language)


def reason_to_wait(note: Note | None, sheet: Sheet | None, unnamed: Names) -> str:
    """Say why this may not go out now; '' where it may."""
    if note is None or sheet is None:
        return NO_NOTE
    if not is_cleared(note):
        return NOT_CLEARED
    if level_of(note.current, PERSON) in (CATEGORY, NOBODY):
        return UNNAMED  # both forms ask which organization it is
    # whom to ask is what the presenter gave to be forwarded; no other field may name a person above a ceiling
    said = "\n".join(answer.text for answer in sheet.answers if answer.question.key != "contact")
    return SAYS_TOO_MUCH if names_above(said, [note.current], PERSON) or unnamed.found_in(said) else ""


def filled_sheet(form: SheetForm, card: Card, note: Note, practice: Practice, told: Told) -> Sheet:
    """Return the form with every question answered by what note and card have."""
    found = answers_of(note.current, practice, told)
    foreign = {key for key in found if key not in OF_THE_NOTE and practice.language != ENGLISH}
    foreign |= set(OF_THE_NOTE) if told.language != ENGLISH else set()
    answers = []
    for question in form.questions:
        parts = found.get(question.key, ())
        fault = fault_of(question, parts)
        if not fault and form.english_only and question.is_prose and question.key in foreign:
            fault = NOT_ENGLISH
        answers.append(Answer(question, "\n".join(parts), fault))
    return Sheet(card.reference, note.reference, practice.project, tuple(answers))


OF_THE_NOTE = ("description", "short_description", "replicability", "sustainability", "impact")


def answers_of(now: Revision, practice: Practice, told: Told) -> dict[str, tuple[str, ...]]:
    """Return what is known for each key of a form, as parts."""
    lines = [ACTION_LINES[code] for code in now.action_lines if code in ACTION_LINES]
    contact = " ".join(filter(None, (practice.contact_name, f"<{practice.contact_email}>")))
    figures = [f"{one['figure']} ({one['source']})" for one in now.figures if one.get("source")]
    entity = ENTITIES.get(now.stakeholder_type, "")
    found: dict[str, Iterable[str]] = {
        "title": (told.title,),
        "description": (told.text,),
        "short_description": (told.text,),
        "organisation": (practice.owner,),
        "entity_type": (entity,),
        "stakeholder_type": (entity,),
        "country": (state_of(practice.country),),
        "action_lines": (f"{line.head}. {line.short_title}" for line in lines),
        "category": (f"{line.prize_category}. {line.head} {line.short_title}" for line in lines),
        "sdgs": (f"Goal {number}" for number in now.goals),
        "linkages": linkages(now),
        "impact": figures,
        "partners": (practice.partners or "; ".join(now.partners),),
        "challenges": (practice.challenges,),
        "future": (practice.prospects,),
        "replicability": (now.replicability,),
        "sustainability": (now.sustainability,),
        "contact": (contact,),
    }
    return {key: tuple(part for part in parts if part) for key, parts in found.items()}


def linkages(now: Revision) -> Iterable[str]:
    """Name each line and goal of the note that the Matrix links, with the targets that say why."""
    for code in now.action_lines:
        for goal in now.goals:
            cell = MATRIX.get(code, {}).get(goal)
            if cell:
                line = ACTION_LINES[code]
                why = f" (targets {', '.join(cell.targets)})" if cell.targets else ""
                yield f"{line.head} {line.short_title}: Goal {goal}{why}"


def fault_of(question: Question, parts: Sequence[str]) -> str:
    """Say what is wrong with these parts of an answer; '' where they can be sent."""
    if not parts:
        return MISSING
    if question.takes_one and len(parts) > 1:
        return SEVERAL
    return question.limit.fault_of(words_in("\n".join(parts))) if question.limit else ""
