"""Who was nominated: what a list of nominees says, line by line."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from flask_babel import force_locale

from eventapp.ground.text.csv_file import Unreadable, rows_of, text_of
from eventapp.ground.text.i18n import _, _l, language
from eventapp.ground.text.languages import LANGUAGES
from eventapp.ground.text.names import words_of
from eventapp.ground.text.policy import fault_in, folded
from eventapp.vocabulary.countries import AREA, all_countries, country, names_in
from eventapp.vocabulary.participants import STAKEHOLDER_TYPES

GOVERNMENT = "government"
COLUMNS = ("name", "delegation", "stakeholder_type", "country", "gender")
HEADS = {  # what a column is called, in the reader's language
    "name": _l("Name"),
    "delegation": _l("Delegation or organization"),
    "stakeholder_type": _l("Stakeholder type"),
    "country": _l("Country"),
    "gender": _l("Gender"),
}
ALIKE: Mapping[str, tuple[str, ...]] = {  # what else people call it, in plain letters
    "name": ("full name", "nominee"),
    "delegation": ("delegation", "organization", "organisation"),
    "stakeholder_type": ("stakeholder", "type"),
    "country": ("state",),
    "gender": ("sex",),
}
NEEDED = ("name", "delegation", "stakeholder_type")
GENDERS = {"woman": "woman", "female": "woman", "f": "woman", "w": "woman", "man": "man", "male": "man", "m": "man"}
UNSAID = ("", "-", "other", "not stated", "prefer not to say")
MOST_LINES, LONGEST = 5000, 200


@dataclass(frozen=True)
class Nomination:
    """One person who was put forward, for whom, of which kind and country."""

    name: str
    delegation: str
    stakeholder_type: str
    country: str = ""
    gender: str = ""

    @property
    def key(self) -> str:
        """By what somebody is known again: the words of the name, in any order, and whom they come for."""
        return f"{words_of(self.name)}|{folded(self.delegation)}"[:800]


class Fault(NamedTuple):
    """What is wrong with a line of a file: its number as a spreadsheet counts, what stands there, what to do."""

    line: int
    typed: str
    sentence: str


@dataclass(frozen=True)
class Sheet:
    """A file that was read: everybody on it, and all that is wrong with it. Only a sheet without faults is taken."""

    nominations: tuple[Nomination, ...]
    faults: tuple[Fault, ...]


def read_sheet(content: bytes) -> Sheet:
    """Read a CSV of nominees. The first line names its columns, in any order; a line without words is passed over."""
    try:
        rows = rows_of(text_of(content))
    except Unreadable as fault:
        return broken(str(fault))
    if len(rows) - 1 > MOST_LINES:
        return broken(_("A list may have %(most)s lines at most.", most=MOST_LINES))
    places = places_in(rows[0] if rows else [])
    missing = [one for one in NEEDED if one not in places]
    if missing:
        heads = ", ".join(str(HEADS[one]) for one in missing)
        return broken(_("The first line has to name the columns. These are missing: %(heads)s.", heads=heads))
    return sheet_of(rows[1:], places)


def broken(sentence: str) -> Sheet:
    return Sheet((), (Fault(1, "", sentence),))


def places_in(head: Sequence[str]) -> dict[str, int]:
    """Where each column stands, in whichever language of the house it is called: a colleague may have downloaded it."""
    named = {folded(cell).strip(): place for place, cell in reversed(list(enumerate(head)))}
    return {one: named[name] for one in COLUMNS for name in reversed(names_of(one)) if name in named}


def names_of(column: str) -> list[str]:
    names = []
    for code in LANGUAGES:
        with force_locale(code):
            names.append(folded(str(HEADS[column])))
    return [*names, *ALIKE[column]]


def sheet_of(rows: Sequence[Sequence[str]], places: Mapping[str, int]) -> Sheet:
    found: list[Nomination] = []
    faults: list[Fault] = []
    seen: dict[str, int] = {}
    for line, row in enumerate(rows, start=2):
        if not any(cell.strip() for cell in row):
            continue
        cells = {one: row[place].strip() if place < len(row) else "" for one, place in places.items()}
        here = list(faults_of(line, cells))
        one = nomination_of(cells)
        if not here and one.key in seen:
            here = [Fault(line, one.name, _("Is in line %(line)s already.", line=seen[one.key]))]
        seen.setdefault(one.key, line)
        faults += here
        found.append(one)
    if not found:
        return broken(_("Nobody is on this list."))
    return Sheet(tuple(found), tuple(faults))


def faults_of(line: int, cells: Mapping[str, str]) -> Iterator[Fault]:
    """What is wrong with a line, each with what to write instead."""
    for one, sentence in (("name", _("Write the name.")), ("delegation", _("Write the delegation or organization."))):
        if not cells[one]:
            yield Fault(line, "", sentence)
        elif fault := fault_in(cells[one], most=LONGEST):
            yield Fault(line, cells[one][:60], fault)
    if folded(cells["stakeholder_type"]) not in kinds():
        known = ", ".join(STAKEHOLDER_TYPES)
        sentence = _("No such stakeholder type. Write one of: %(kinds)s.", kinds=known)
        yield Fault(line, cells["stakeholder_type"][:60], sentence)
    if cells.get("country"):
        code = countries().get(folded(cells["country"]), "")
        if not code:
            yield Fault(line, cells["country"][:60], _("No such country. Write its name in English, or its ISO code."))
        elif fault := fault_in_sender(kinds().get(folded(cells["stakeholder_type"]), ""), code):
            yield Fault(line, cells["country"][:60], fault)
    if gender_of(cells.get("gender", "")) is None:
        yield Fault(line, cells["gender"][:60], _("Write “woman” or “man”, or leave it empty."))


def fault_in_sender(stakeholder_type: str, code: str) -> str:
    """Why nobody is nominated by the Government of this country; '' where somebody may be."""
    one = country(code)
    if stakeholder_type != GOVERNMENT or one is None or one.status != AREA:
        return ""
    return _("%(name)s is not on the list of States. Name the State, or leave it empty.", name=one.label)


def nomination_of(cells: Mapping[str, str]) -> Nomination:
    return Nomination(
        name=cells["name"],
        delegation=cells["delegation"],
        stakeholder_type=kinds().get(folded(cells["stakeholder_type"]), ""),
        country=countries().get(folded(cells.get("country", "")), ""),
        gender=gender_of(cells.get("gender", "")) or "",
    )


def gender_of(word: str) -> str | None:
    """The gender a word says in whichever language of the house, '' for none; None for a word that says none."""
    word = folded(word)
    if word in UNSAID or word in GENDERS:
        return GENDERS.get(word, "")
    for code in LANGUAGES:
        with force_locale(code):
            known = {folded(_("Woman")): "woman", folded(_("Man")): "man"}
        if word in known:
            return known[word]
    return None


def kinds() -> Mapping[str, str]:
    """Every way to write a stakeholder type: its code, or its name in the reader's language."""
    return kinds_in(language())


def countries() -> Mapping[str, str]:
    """Every way to write a country: its ISO codes, its name in English or in the reader's language."""
    return countries_in(language())


@cache
def kinds_in(_language: str) -> Mapping[str, str]:
    """The same for readers of the language that is spoken now, made once: a list has thousands of lines."""
    return {folded(words): code for code, term in STAKEHOLDER_TYPES.items() for words in (code, term.label)}


@cache
def countries_in(code: str) -> Mapping[str, str]:
    """The same for readers of one language, made once."""
    own = {folded(name): one.iso3 for one in all_countries() for name in names_in(one, code)}
    return own | {
        folded(words): one.iso3
        for one in all_countries()
        for words in (one.iso3, one.iso2, one.name, one.name_in_2016, *names_in(one, "en"))
        if words
    }
