"""What is known for each field of a form, and who says it: the note, the presenter on the card, or the secretariat."""

from collections.abc import Iterable
from dataclasses import dataclass

from eventapp.ground.db.types import Record
from eventapp.outlets.sheets.questions import ACTIVITIES, COVERAGES, ENTITIES
from eventapp.practices.content import Practice
from eventapp.practices.details import keywords_in
from eventapp.record.notes.models import Revision
from eventapp.review.reading.delegations import state_of
from eventapp.vocabulary.lines import ACTION_LINES, ActionLine
from eventapp.vocabulary.matrix import MATRIX

ENGLISH = "en"
NOTE, CARD, SECRETARIAT = "note", "card", "secretariat"


@dataclass(frozen=True)
class EnglishWords:
    """Title and text of a note, in English where it has such words, and the language they are in."""

    title: str
    text: str
    language: str


@dataclass(frozen=True)
class Known:
    """The parts of one answer, who says them, and in which language."""

    parts: tuple[str, ...] = ()
    origin: str = ""
    language: str = ENGLISH


NOTHING = Known()


def answers_of(now: Revision, practice: Practice, words: EnglishWords, *, ours: Record) -> dict[str, Known]:
    """Return what is known for each key of a form; `ours` is what the secretariat wrote into the card."""
    from_note, from_card = of_the_note(now, words), of_the_card(practice)
    found = {key: Known(parts, NOTE, words.language) for key, parts in from_note.items() if parts}
    for key, (names, parts) in from_card.items():
        is_ours = any(name in ours for name in names)
        if is_ours or (parts and (key not in found or key not in NOTE_GOES_FIRST)):
            origin, language = (SECRETARIAT, ENGLISH) if is_ours else (CARD, practice.language)
            found[key] = Known(parts, origin, language)
    figures = from_note["impact"]
    if figures and found["impact"].origin != NOTE:
        impact = found["impact"]
        found["impact"] = Known((*figures, *impact.parts), impact.origin, impact.language)
    return found


NOTE_GOES_FIRST = ("replicability", "sustainability")  # it is cleared, and began with what the card says


def of_the_note(now: Revision, english: EnglishWords) -> dict[str, tuple[str, ...]]:
    """Return what the cleared note says, by the keys of the forms."""
    lines = [ACTION_LINES[code] for code in now.action_lines if code in ACTION_LINES]
    entity = ENTITIES.get(now.stakeholder_type, "")
    return {
        "title": filled(english.title),
        "description": filled(english.text),
        "short_description": filled(english.text),
        "entity_type": filled(entity),
        "stakeholder_type": filled(entity),
        "action_lines": filled(*(f"{line.head}. {line.short_title}" for line in lines)),
        "category": filled(*map(category, lines)),
        "sdgs": filled(*(f"Goal {number}" for number in now.goals)),
        "linkages": filled(*linkages(now)),
        "impact": filled(*(f"{one['figure']} ({one['source']})" for one in now.figures if one.get("source"))),
        "partners": filled("; ".join(now.partners)),
        "replicability": filled(now.replicability),
        "sustainability": filled(now.sustainability),
    }


def of_the_card(practice: Practice) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return what the card says, by the keys of the forms, each with the parts of the card that it is made of."""
    address = f"<{practice.contact_email}>" if practice.contact_email else ""
    contact = " ".join(filter(None, (practice.contact_name, address)))
    prize = ACTION_LINES.get(practice.prize_line)
    return {
        "short_description": (("pitch",), filled(practice.pitch)),
        "organisation": (("owner",), filled(practice.owner)),
        "activity_type": (("activity",), filled(ACTIVITIES.get(practice.activity, ""))),
        "country": (("country",), filled(state_of(practice.country))),
        "coverage": (("coverage",), filled(COVERAGES.get(practice.coverage, ""))),
        "category": (("prize_line",), filled(category(prize)) if prize else ()),
        "keywords": (("keywords",), filled("; ".join(keywords_in(practice.keywords)))),
        "website": (("website",), filled(practice.website)),
        "dates": (("starts_on", "ends_on", "is_ongoing"), filled(practice.time)),
        "impact": (("impact",), filled(practice.impact)),
        "partners": (("partners",), filled(practice.partners)),
        "challenges": (("challenges",), filled(practice.challenges)),
        "future": (("prospects",), filled(practice.prospects)),
        "replicability": (("replicability",), filled(practice.replicability)),
        "sustainability": (("sustainability",), filled(practice.sustainability)),
        "contact": (("contact_name", "contact_email"), filled(contact)),
    }


def filled(*parts: str) -> tuple[str, ...]:
    """Return the parts that hold something."""
    return tuple(part for part in parts if part)


def category(line: ActionLine) -> str:
    """Return the category of the Prizes that belongs to this action line."""
    return f"{line.prize_category}. {line.head} {line.short_title}"


def linkages(now: Revision) -> Iterable[str]:
    """Name each line and goal of the note that the Matrix links, with the targets that say why."""
    for code in now.action_lines:
        for goal in now.goals:
            cell = MATRIX.get(code, {}).get(goal)
            if cell:
                line = ACTION_LINES[code]
                why = f" (targets {', '.join(cell.targets)})" if cell.targets else ""
                yield f"{line.head} {line.short_title}: Goal {goal}{why}"
