"""What the rows of a file say of people: each as the form of one nomination has it, each fault with its cell."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import force_locale
from werkzeug.datastructures import MultiDict

from eventapp.ground.tables.reading import Fault, Sheet, cell_name
from eventapp.ground.text.i18n import LazyString, _, _l
from eventapp.ground.text.languages import LANGUAGES
from eventapp.ground.text.policy import folded
from eventapp.meetings.models import Category
from eventapp.registration.by_file.words import categories_by_word, roles_by_word
from eventapp.registration.lists.sheets import as_written

COLUMNS: Mapping[str, LazyString] = {
    "family_name": _l("Family name"),
    "given_name": _l("Given names"),
    "job_title": _l("Job title"),
    "organization": _l("Ministry or unit"),
    "email": _l("Email"),
    "role": _l("Place in the delegation"),
    "category": _l("Type of participant"),
}
NEEDED = ("family_name", "job_title", "email")
MOST_PEOPLE = 200


@dataclass(frozen=True)
class Row:
    """One person of a file: what its cells say, and where each of them stands."""

    number: int  # counted from 0
    words: Mapping[str, str]
    places: Mapping[str, int]

    def cell(self, name: str) -> str:
        """Where the file says this of the person; its first cell where it does not."""
        return cell_name(self.places.get(name, 0), self.number)

    def typed(self, known: Mapping[str, Mapping[str, str]]) -> MultiDict[str, str]:
        """The same as a form would send it; words of a choice as its code."""
        return MultiDict({name: known.get(name, {}).get(folded(words), words) for name, words in self.words.items()})


def people_in(sheet: Sheet) -> tuple[list[Row], list[Fault]]:
    """The people of this sheet, and what is wrong with it as a whole."""
    if sheet.faults:
        return [], list(sheet.faults)
    heads = _heads()
    first = sheet.rows[0] if sheet.rows else ()
    named = {place: heads.get(folded(head)) for place, head in enumerate(first) if head.strip()}
    faults = list(_faults_in_head(first, named))
    places = {name: place for place, name in named.items() if name}
    people = [
        Row(number, words, places)
        for number, cells in enumerate(sheet.rows[1:], 1)
        if any((words := {name: as_written(_at(cells, place)).strip() for name, place in places.items()}).values())
    ]
    if not people and not faults:
        faults.append(Fault("A2", _("There is nobody in this file.")))
    if len(people) > MOST_PEOPLE:
        row = people[MOST_PEOPLE]
        faults.append(Fault(row.cell("family_name"), _("A file may have %(most)s people at most.", most=MOST_PEOPLE)))
    return people, faults


def codes_of(categories: Sequence[Category]) -> dict[str, Mapping[str, str]]:
    """The codes of what a cell may choose, by the code or by the words of any language, folded."""
    return {"role": roles_by_word(), "category": categories_by_word(categories)}


def _heads() -> dict[str, str]:
    """The columns by their names, in any language, folded."""
    found = {folded(name): name for name in COLUMNS}
    for tongue in LANGUAGES:
        with force_locale(tongue):
            found |= {folded(str(words)): name for name, words in COLUMNS.items()}
    return found


def _faults_in_head(first: Sequence[str], named: Mapping[int, str | None]) -> Iterator[Fault]:
    for place, name in named.items():
        if name is None:
            known = ", ".join(str(words) for words in COLUMNS.values())
            sentence = _("There is no column “%(name)s”. There are: %(known)s.", name=first[place][:60], known=known)
            yield Fault(cell_name(place, 0), sentence)
        elif list(named.values()).index(name) != list(named).index(place):
            yield Fault(cell_name(place, 0), _("There are two columns of this name."))
    missing = [str(COLUMNS[name]) for name in NEEDED if name not in named.values()]
    if missing:
        heads = ", ".join(missing)
        yield Fault("A1", _("The first line has to name the columns. These are missing: %(heads)s.", heads=heads))


def _at(cells: Sequence[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""
