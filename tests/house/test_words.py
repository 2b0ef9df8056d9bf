"""docs/words.md: a word that was retired comes back in no file name, in no name of a function or class, and in no more variables than are left."""

import ast
import re
from collections.abc import Iterator
from io import BytesIO

from babel.messages.pofile import read_po

from tests.house import guards

CODE = guards.sources(guards.PACKAGE, "*.py")
RETIRED_FILES = frozenset(
    {
        "arranger",
        "asked",
        "begun",
        "beside",
        "chores",
        "commenter",
        "commenting",
        "companions",
        "completing",
        "concerned",
        "confirming",
        "counter",
        "covering",
        "filling",
        "findable",
        "finding",
        "freezing",
        "fresh",
        "front",
        "gate",
        "handing",
        "heap",
        "heard",
        "intake",
        "keeping",
        "keys",
        "offers",
        "pen",
        "prepared",
        "press",
        "relay",
        "replies",
        "roads",
        "rows",
        "seals",
        "sense",
        "shelf",
        "sheltering",
        "standing",
        "summarizing",
        "summed",
        "summing",
        "taking",
        "telling",
        "told",
        "unsaved",
        "whole",
        "windows",
        "wish",
    }
)
RETIRED_NAMES = frozenset(
    {
        "aside",
        "begun",
        "chore",
        "concerned",
        "covering",
        "crowd",
        "findable",
        "freezing",
        "heap",
        "kept",
        "pen",
        "roads",
        "shelf",
        "sheltering",
        "standing",
        "summarizing",
        "summed",
        "telling",
        "told",
        "wish",
    }
)
PRIVATE_WORDS = RETIRED_NAMES | {"heard", "said", "untold"}  # of arguments and variables
# What puzzled readers, as a page said it.
RETIRED_PHRASES = ("Give somebody a part", "in words it is", "Its people come for", "stands here", "Take back")
VARIABLES_LEFT = 74  # of arguments and variables; may only become fewer


def words_in(name: str) -> set[str]:
    """The words a name is made of: kept_at -> kept, at; KeptText -> kept, text."""
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)}


def names_in(source: str) -> Iterator[str]:
    """The names of the functions and classes that a file defines."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            yield node.name


def variables_in(source: str) -> Iterator[str]:
    """The names of the arguments and variables of a file, in its functions and outside; not those of columns."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id


def retired_names(code: guards.Sources) -> list[str]:
    return [
        f"{path}: {name}"
        for path, source in code.items()
        for name in names_in(source)
        if words_in(name) & RETIRED_NAMES
    ]


def private_variables(code: guards.Sources) -> list[str]:
    return [
        f"{path}: {name}"
        for path, source in code.items()
        for name in sorted(set(variables_in(source)))
        if words_in(name) & PRIVATE_WORDS
    ]


def test_no_file_has_a_retired_name() -> None:
    assert {path for path in CODE if guards.name_of(path).removesuffix(".py") in RETIRED_FILES} == set()


def test_no_function_or_class_has_a_retired_name() -> None:
    assert retired_names(CODE) == []


def test_no_page_has_a_phrase_that_puzzled_readers() -> None:
    catalogue = guards.ROOT / "translations" / "fr" / "LC_MESSAGES" / "messages.po"
    sentences = [str(words.id) for words in read_po(BytesIO(catalogue.read_bytes())) if words.id]
    assert [one for one in sentences if any(phrase in one for phrase in RETIRED_PHRASES)] == []


def test_private_words_become_fewer_in_arguments_and_variables() -> None:
    assert len(private_variables(CODE)) <= VARIABLES_LEFT, private_variables(CODE)


def test_a_retired_word_is_found_in_a_name() -> None:
    assert retired_names({"eventapp/x/queries.py": "def kept_at() -> None: ...\nclass Wish: ...\n"}) == [
        "eventapp/x/queries.py: kept_at",
        "eventapp/x/queries.py: Wish",
    ]
    assert private_variables({"eventapp/x/queries.py": "def f(kept: int) -> None:\n    said = kept\n"}) == [
        "eventapp/x/queries.py: kept",
        "eventapp/x/queries.py: said",
    ]
