"""Outlines: files that say which notes go in which chapter of a report, what opens it and what closes it.

Each file of the folder `outlines/` is one; `docs/outlines.md` describes them. A file with a fault is refused as a
whole: the others are offered, and the form that begins a report says what is wrong with it.
"""

import logging
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.review.reports.outline_file import LANGUAGES, FaultyOutline, Outline, read_outline
from eventapp.review.reports.outline_words import Tables

FOLDER = Path(__file__).parents[3] / "outlines"
STANDARD = "committee"
log = logging.getLogger(__name__)


def language_of(name: str, chosen: str) -> str:
    """Return the language of a report: the one that was chosen, else that of its outline. Refused for any other."""
    language = chosen or outline_of(name).language
    if language not in LANGUAGES:
        raise Refused(_("A report is written in English or French."))
    return language


def words_of(name: str, language: str) -> Tables:
    """Return what the outline of this name says otherwise than the grammar of a language; nothing without its file."""
    found = all_outlines().get(name)
    return found.words.get(language, {}) if found else {}


def outline_of(name: str) -> Outline:
    """Return the outline of this name. Refused where its file is not there any more."""
    found = all_outlines().get(name)
    if found is None:
        raise Refused(_("There is no outline “%(name)s”. Choose one of the list.", name=name))
    return found


def all_outlines() -> Mapping[str, Outline]:
    """Return every outline by the name of its file; the standard one first, the others by title."""
    return _loaded()[0]


def faulty_outlines() -> tuple[str, ...]:
    """Return what is wrong with each file that is no outline."""
    return _loaded()[1]


def read_folder(folder: Path) -> tuple[Mapping[str, Outline], tuple[str, ...]]:
    """Return the outlines of a folder in the order they are offered, and what is wrong with the other files."""
    found, faults = list[Outline](), list[str]()
    for path in sorted(folder.glob("*.toml")):
        try:
            found.append(read_outline(path.stem, path.read_text(encoding="utf-8")))
        except FaultyOutline as fault:
            faults.append(f"{fault} ({path.name}, line {fault.line})")
        except UnicodeDecodeError:
            faults.append(f"{path.stem}: this is not UTF-8.")
        except OSError as error:
            faults.append(f"{path.stem}: this cannot be read ({error.strerror}).")
    return {one.name: one for one in sorted(found, key=lambda one: (one.name != STANDARD, one.title))}, tuple(faults)


@cache
def _loaded() -> tuple[Mapping[str, Outline], tuple[str, ...]]:
    outlines, faults = read_folder(FOLDER)
    for fault in faults:
        log.error("An outline cannot be used. %s", fault)
    return outlines, faults
