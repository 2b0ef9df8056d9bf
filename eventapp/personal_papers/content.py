"""What a paper says: a template in Markdown with its words in braces replaced, as values that the sheet sets.

The Markdown is read first and the values are put in after that: what somebody is called never becomes markup.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from flask_babel import force_locale

from eventapp.ground.db.types import Record
from eventapp.ground.text.dates import days
from eventapp.ground.text.languages import LANGUAGES, name_language
from eventapp.ground.text.worded import text_in
from eventapp.meetings.models import Meeting
from eventapp.personal_papers.kinds import BRACES, KINDS
from eventapp.registration.models import Registration
from eventapp.vocabulary.countries import country, name_in
from eventapp.vocabulary.participants import DELEGATION_ROLES

if TYPE_CHECKING:
    from markdown_it.token import Token

Value = str | tuple[str, str]  # words, or the question and the mark of a sealed answer: sealed.py
NO_RUN = {"text": "", "bold": False, "italic": False, "lang": ""}


def spoken_in(tongue: str) -> str:
    """The language that the fixed words of a paper are in: those of this one where they are translated."""
    bare = tongue.partition("-")[0]
    return bare if bare in LANGUAGES else "en"


def shipped_text(kind: str, tongue: str) -> str:
    """The text of this kind of paper until a meeting writes its own."""
    with force_locale(spoken_in(tongue)):
        return str(KINDS[kind].text)


def values_of(registration: Registration, tongue: str) -> dict[str, str]:
    """What each word in braces about a person stands for, in the language that is spoken now."""
    delegation = registration.delegation
    state = country(delegation.country) if delegation.is_state else None
    role = DELEGATION_ROLES.get(registration.delegation_role)
    return {
        "name": registration.record_name,
        "given_name": registration.given_name,
        "family_name": registration.family_name,
        "job_title": registration.job_title,
        "organization": registration.organization,
        "delegation": name_in(state, tongue) if state else delegation.name,
        "role": role.label if role else "",
        "category": text_in(registration.category, "name", tongue)[0],
        "registration": registration.reference,
    }


def about(meeting: Meeting, tongue: str) -> dict[str, str]:
    """What a paper says of the meeting, in the language that is spoken now."""
    return {
        "meeting": text_in(meeting, "title", tongue)[0],
        "venue": text_in(meeting, "venue", tongue)[0],
        "city": text_in(meeting, "city", tongue)[0],
        "dates": days(meeting.starts_on, meeting.ends_on),
    }


def filled(text: str, values: Mapping[str, Value]) -> list[Record]:
    """The blocks of the text with the values in their places; a paragraph of which nothing is left is left out."""
    blocks: list[Record] = []
    level, in_list = 0, False
    for token in parsed(text):
        if token.type == "heading_open":
            level = int(token.tag[1:])
        elif token.type in ("bullet_list_open", "bullet_list_close", "ordered_list_open", "ordered_list_close"):
            in_list = token.nesting == 1
        elif token.type == "inline":
            runs = runs_of(token.children or (), values)
            if any(run["text"].strip(" ,") or "answer" in run for run in runs):
                blocks.append({"level": level, "item": in_list, "runs": runs})
            level = 0
    return blocks


@lru_cache(maxsize=64)
def parsed(text: str) -> "Sequence[Token]":
    """The text as it is read, once for all who get it."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False, "linkify": False})
    return parser.disable(["image", "link", "autolink", "code"]).parse(text)


def runs_of(tokens: "Sequence[Token]", values: Mapping[str, Value]) -> list[Record]:
    """The words of one block, each with how it is set."""
    bold = italic = 0
    runs: list[Record] = []
    for token in tokens:
        bold += token.nesting * token.type.startswith("strong")
        italic += token.nesting * token.type.startswith("em_")
        how = {"bold": bold > 0, "italic": italic > 0}
        if token.type == "hardbreak":
            runs.append({**NO_RUN, "text": "\n"})
        elif token.type == "softbreak":
            runs.append({**NO_RUN, "text": " "})
        elif token.content:
            runs.extend({**how, **run} for run in pieces(token.content, values))
    return runs


def pieces(words: str, values: Mapping[str, Value]) -> list[Record]:
    """Words and values in turn; a comma before a value that is empty goes with it. A sealed answer stays sealed."""
    found: list[Record] = []
    for place, part in enumerate(BRACES.split(words)):
        if not place % 2:
            text, lang = part, ""
        elif isinstance(value := values.get(part), tuple):
            question, mark = value
            found.append({"text": "", "lang": "", "answer": question, "mark": mark})
            continue
        elif value is not None:
            text, lang = value, name_language(value).lang
        else:
            text, lang = f"{{{part}}}", ""
        if not text and place % 2 and found:
            found[-1]["text"] = found[-1]["text"].removesuffix(", ")
        elif text:
            found.append({"text": text, "lang": lang})
    return found
