"""What people read is there in every language of the house, and what is not yet translated reads as English."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask
from flask_babel import force_locale, gettext

from config import ROOT
from eventapp.ground.text.languages import LANGUAGES
from eventapp.vocabulary.data.extraction import titles
from eventapp.vocabulary.notes import CEILINGS, NOTE_KINDS, OUTLETS, SUPPORTS
from eventapp.vocabulary.sessions import SESSION_KINDS, SPEAKING_ROLES
from eventapp.vocabulary.term import Term

OTHERS = [code for code in LANGUAGES if code != "en"]
METHODS = [("eventapp/**.py", "python"), ("templates/**.html", "jinja2"), ("templates/**.txt", "jinja2")]
KEYWORDS = {"_": None, "_l": None, "gettext": None, "ngettext": (1, 2)}
PLACE = re.compile(r"%\(\w+\)s")


@cache
def extracted() -> frozenset[tuple[str, str | tuple[str, ...]]]:
    """Every message of code and pages as (file, msgid)."""
    return frozenset(messages())


def messages() -> Iterator[tuple[str, str | tuple[str, ...]]]:
    for folder in ("eventapp", "templates"):
        found = extract_from_dir(
            ROOT / folder,
            [(pattern.removeprefix(f"{folder}/"), how) for pattern, how in METHODS if pattern.startswith(folder)],
            {"**": {"trimmed": "true"}},
            KEYWORDS,
            directory_filter=lambda path: not Path(path).name.startswith("."),
        )
        yield from ((f"{folder}/{file}", message) for file, _line, message, _comments, _context in found)
    for file in sorted((ROOT / "eventapp/vocabulary/data").glob("*.json")):
        with file.open("rb") as opened:
            yield from ((f"eventapp/vocabulary/data/{file.name}", title[2]) for title in titles(opened, (), (), {}))


def catalog(language: str) -> Catalog:
    with (ROOT / f"translations/{language}/LC_MESSAGES/messages.po").open("rb") as file:
        return read_po(file, locale=language)


def is_told(message: Message | None) -> bool:
    """Whether this message has words in every form, and nobody has doubts about them."""
    return message is not None and not message.fuzzy and bool(forms_of(message)) and all(forms_of(message))


def forms_of(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


@pytest.mark.parametrize("language", OTHERS)
def test_everything_people_read_is_translated(language: str) -> None:
    told, read = catalog(language), extracted()
    assert len(read) > 2900
    assert sorted(f"{file}: {message}" for file, message in read if not is_told(told.get(message))) == []


@pytest.mark.parametrize("language", OTHERS)
def test_no_translation_is_of_words_that_nobody_reads(language: str) -> None:
    """Whoever translates reads the catalogue: words that left the pages leave it too."""
    read = {message if isinstance(message, str) else message[0] for _file, message in extracted()}
    told = [one.id if isinstance(one.id, str) else one.id[0] for one in catalog(language) if one.id]
    assert [words for words in told if words not in read] == []


def test_no_message_hides_in_a_formatted_string() -> None:
    """Before Python 3.12 nothing looks for messages there: it would be read by people and found by no translator."""
    assert [place for file in (ROOT / "eventapp").rglob("*.py") for place in hidden(file.read_text("utf-8"))] == []
    assert hidden("f'{_(1)}'") == ["f'{_(1)}'"]


def hidden(code: str) -> list[str]:
    """The formatted strings of this code that ask for a translation inside."""
    formatted = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.JoinedStr)]
    asks = {node: [part.func for part in ast.walk(node) if isinstance(part, ast.Call)] for node in formatted}
    return [
        ast.unparse(node) for node in asks if {one.id for one in asks[node] if isinstance(one, ast.Name)} & {*KEYWORDS}
    ]


@pytest.mark.parametrize("language", OTHERS)
def test_no_message_is_there_twice(language: str) -> None:
    written = (ROOT / f"translations/{language}/LC_MESSAGES/messages.po").read_text(encoding="utf-8")
    assert written.count("\nmsgid ") + written.startswith("msgid ") == len(catalog(language)) + 1  # and the head


@pytest.mark.parametrize("language", OTHERS)
def test_translations_keep_the_names_that_are_filled_in(language: str) -> None:
    wrong = []
    for message in catalog(language):
        singular, *more = [message.id] if isinstance(message.id, str) else message.id
        names = set(PLACE.findall(more[0] if more else singular))
        used = [set(PLACE.findall(form)) for form in forms_of(message) if form]
        # a form for one, two or none may write the number as a word; it never has a name that the sentence has not
        if any(form - names for form in used) or (not more and used and used[0] != names):
            wrong.append(message.id)
    assert [message for message in wrong if message] == []


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("listed", [NOTE_KINDS, CEILINGS, SUPPORTS, OUTLETS, SESSION_KINDS, SPEAKING_ROLES])
def test_no_two_choices_of_a_list_read_the_same(language: str, listed: dict[str, Term]) -> None:
    told = catalog(language)
    labels = [str(told[str(term.label)].string) for term in listed.values()]
    assert len(labels) > 3
    assert sorted(labels) == sorted(set(labels))


def test_what_is_not_translated_reads_as_english(fresh_app: Flask, tmp_path: Path) -> None:
    told = Catalog(locale="fr")
    told.add("Agenda", "Ordre du jour")
    told.add("Register", "")
    (tmp_path / "fr/LC_MESSAGES").mkdir(parents=True)
    with (tmp_path / "fr/LC_MESSAGES/messages.mo").open("wb") as file:
        write_mo(file, told)
    fresh_app.extensions["babel"].translation_directories[:] = [str(tmp_path)]
    with fresh_app.test_request_context(), force_locale("fr"):
        assert [gettext(words) for words in ("Agenda", "Register", "Never translated")] == [
            "Ordre du jour",
            "Register",
            "Never translated",
        ]


def test_words_that_a_page_takes_from_another_are_in_the_language_of_the_reader() -> None:
    """Jinja keeps what it imports without context, in the language of whoever came first."""
    folder = ROOT / "templates"
    pages = {str(path.relative_to(folder)): path.read_text(encoding="utf-8") for path in folder.rglob("*.html")}
    worded = {name: words_of(page) for name, page in pages.items()}
    taken = [
        (name, other)
        for name, page in pages.items()
        for other, what in re.findall(r'{%-? from "([^"]+)" import ([^%]*?)-?%}', page)
        if "with context" not in what and worded[other] & set(re.findall(r"\w+", what))
    ]
    assert worded["registration/imports/_states.html"] == {"words"}
    assert taken == []


def words_of(page: str) -> set[str]:
    """The names that a template sets, outside its macros, to something of words."""
    outside = re.sub(r"{%-? macro .*?endmacro -?%}", "", page, flags=re.DOTALL)
    return {name for name, value in re.findall(r"{%-? set (\w+) = (.*?)-?%}", outside, re.DOTALL) if "_(" in value}
