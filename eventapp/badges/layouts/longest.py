"""The longest name in each script among the badges of a layout, and shipped long names where nobody has one."""

import tomllib
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import select

from eventapp.badges.layouts.answers import longest_answers, made_up
from eventapp.badges.printing.faces import BadgeFace
from eventapp.badges.queries import Choice, bearers, faces, pictured
from eventapp.ground.db import db
from eventapp.ground.text.dates import days
from eventapp.ground.text.i18n import _, language
from eventapp.ground.text.languages import locale_of
from eventapp.ground.text.worded import worded
from eventapp.meetings.models import Category, Meeting
from eventapp.registration.models import APPROVED, Registration

SAMPLES = tomllib.loads(Path(__file__).with_name("samples.toml").read_text(encoding="utf-8"))["samples"]
MOST = 12  # scripts looked at, of a meeting that has more those with the longest names
# Of the first word of a letter's name in Unicode, where it is not that of its script in ISO 15924.
_ISO = {
    "LATIN": "Latn",
    "ARABIC": "Arab",
    "CYRILLIC": "Cyrl",
    "CJK": "Hani",
    "HIRAGANA": "Jpan",
    "KATAKANA": "Jpan",
    "HANGUL": "Kore",
    "DEVANAGARI": "Deva",
    "BENGALI": "Beng",
    "TAMIL": "Taml",
    "TELUGU": "Telu",
    "KANNADA": "Knda",
    "MALAYALAM": "Mlym",
    "GUJARATI": "Gujr",
    "GURMUKHI": "Guru",
    "ORIYA": "Orya",
    "SINHALA": "Sinh",
    "LAO": "Laoo",
    "KHMER": "Khmr",
    "MYANMAR": "Mymr",
    "TIBETAN": "Tibt",
    "GEORGIAN": "Geor",
    "ARMENIAN": "Armn",
    "HEBREW": "Hebr",
    "THAI": "Thai",
    "THAANA": "Thaa",
    "MONGOLIAN": "Mong",
    "ETHIOPIC": "Ethi",
    "GREEK": "Grek",
}


class Longest(NamedTuple):
    """The longest name in a script, a code of ISO 15924, and whose it is; "" of a sample."""

    script: str
    name: str
    reference: str
    question: str = ""  # in words, where it is the longest answer that is looked for

    @property
    def title(self) -> str:
        """What it is the longest of, in the reader's language."""
        return self.question or self.script_name

    @property
    def script_name(self) -> str:
        """What the script is called in the reader's language."""
        return str(locale_of(language()).scripts.get(self.script, self.script))


def longest_badges(
    meeting: Meeting, category: Category | None, asked: Collection[str] = ()
) -> list[tuple[Longest, BadgeFace]]:
    """The badge with the longest name in each script, and with the longest answer to each question with a code that is
    `asked`: those of people, then samples for the scripts that nobody has.

    Of a category its people; of the meeting those whose category has no layout of its own. None where the meeting has
    no category yet.
    """
    served = [category] if category else [one for one in meeting.categories if not one.badge_layout]
    named = longest(names_of(served))
    answered = longest_answers(meeting, served, asked)
    found = [*named, *(Longest("", label, reference, label) for label, reference in answered)]
    like = next(iter([*served, *meeting.categories]), None)
    answers = made_up(meeting, asked)
    made = [(one, replace(face, answers=answers)) for one, face in samples(meeting, like, named)] if like else []
    return faces_of(meeting, found, asked) + made


def names_of(categories: Collection[Category]) -> Iterator[tuple[str, str]]:
    """Reference and each name of everybody approved in these categories."""
    query = select(Registration.number, Registration.badge_name, Registration.own_name).where(
        Registration.category_id.in_([one.id for one in categories]), Registration.state == APPROVED
    )
    for number, *names in db.session.execute(query):
        yield from ((f"R-{number:04d}", name) for name in names if name)


def longest(names: Iterable[tuple[str, str]]) -> list[Longest]:
    """Of these (reference, name) the longest in each script, those with the most letters first."""
    found: dict[str, Longest] = {}
    places: dict[str, int] = {}  # how many the longest so far takes
    for reference, name in names:
        script = script_of(name)
        if not script or len(name) < places.get(script, 0):  # no name takes more places than it has characters
            continue
        many = letters(name)
        if script not in found or (many, name) > (places[script], found[script].name):
            found[script], places[script] = Longest(script, name, reference), many
    return sorted(found.values(), key=lambda one: (-letters(one.name), one.script))[:MOST]


def script_of(name: str) -> str:
    """The script of the first letter, as a code of ISO 15924; "" where there is none that we know."""
    letter = next(filter(str.isalpha, name), " ")  # a blank is of no script
    return _ISO.get(unicodedata.name(letter, "").split(" ")[0].split("-")[0], "")


def letters(name: str) -> int:
    """How many places it takes, without the marks above and below."""
    if name.isascii() and name.isprintable():
        return len(name)  # there are no marks in it; a long list has hardly any other names
    return sum(unicodedata.category(one)[0] not in "MC" for one in name)


def faces_of(
    meeting: Meeting, found: Sequence[Longest], asked: Collection[str] = ()
) -> list[tuple[Longest, BadgeFace]]:
    """These with all that may stand on the badges of their bearers."""
    references = tuple(one.reference for one in found)
    shown = bearers(meeting, Choice(unprinted=False, references=references)) if references else []
    made = {face.reference: face for face in pictured(meeting, faces(meeting, shown, asked))}
    there = [(one, made[one.reference]) for one in found if one.reference in made]
    return [(one._replace(name=face.name) if one.question else one, face) for one, face in there]


def samples(meeting: Meeting, category: Category, found: Sequence[Longest]) -> list[tuple[Longest, BadgeFace]]:
    """A badge of this category for each shipped name in a script that nobody has."""
    there = {one.script for one in found}
    return [
        (Longest(one["script"], one.get("own") or one["name"], ""), sample(meeting, category, number, one))
        for number, one in enumerate(SAMPLES, start=1)
        if one["script"] not in there
    ]


def sample(meeting: Meeting, category: Category, number: int, one: dict[str, str]) -> BadgeFace:
    reference = f"R-000{number}"
    place_and_days = f"{meeting.city}, {days(meeting.starts_on, meeting.ends_on)}"
    return BadgeFace(
        reference=reference,
        name=one["name"],
        name_own=one.get("own", ""),
        language_own=one.get("language", ""),
        organization=_("Ministry of Posts, Telecommunications and the Digital Economy"),
        delegation=_("Name of a State or of a body"),
        class_label=worded(category, "name"),
        letter=category.letter,
        shape=category.shape,
        colour=category.colour,
        ink=category.ink,
        code=f"SAMPLE{number:014d}",
        event=(meeting.short_title, f"{place_and_days} · {reference}"),
    )
