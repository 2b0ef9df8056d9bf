"""What an organizer types in another language: a field for each text that there is in the first."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from types import MappingProxyType

from wtforms import BooleanField, Field, HiddenField

from eventapp.announcements.models import LONGEST as LONGEST_ANNOUNCEMENT
from eventapp.announcements.models import Announcement
from eventapp.ground.db import table_of
from eventapp.ground.db.types import Record
from eventapp.ground.text.i18n import LazyString, _l
from eventapp.ground.text.policy import LINE_LENGTH, paragraphs
from eventapp.ground.web.forms import Check, Form, Line, Text, Typed
from eventapp.information.models import InformationPage
from eventapp.meetings.worded import Worded
from eventapp.messages.checks import spelt
from eventapp.messages.models import LONGEST_TEXT, Message

LONGEST = 20_000  # characters of all paragraphs of a text together
LONGEST_OF: Mapping[type[Worded], int] = MappingProxyType({Message: LONGEST_TEXT, Announcement: LONGEST_ANNOUNCEMENT})
CHECKS: Mapping[type[Worded], tuple[Check, ...]] = MappingProxyType({Message: (spelt,)})
LENGTHS: Mapping[type[Worded], dict[str, int]] = MappingProxyType(  # of what is no column
    {
        InformationPage: {"title": 120},
        Message: {"subject": LINE_LENGTH},
    }
)
HEADINGS: Mapping[type[Worded], tuple[str, LazyString]] = MappingProxyType(  # what must stand above a text
    {
        InformationPage: ("title", _l("Write a title too.")),
        Message: ("subject", _l("Write a subject too.")),
    }
)
LABELS = {
    "title": _l("Title"),
    "short_title": _l("Short title"),
    "city": _l("City"),
    "venue": _l("Venue"),
    "address": _l("Address of the venue"),
    "organization": _l("Convened by"),
    "illustrative": _l("What is illustrative"),
    "mandate": _l("Mandate"),
    "purpose": _l("Purpose"),
    "objectives": _l("Objectives"),
    "content_blocks": _l("What it covers"),
    "outcomes_go_to": _l("Where the outcomes go"),
    "name": _l("Name"),
    "where": _l("How to find it"),
    "credential": _l("What the letter must be"),
    "summary": _l("What it is about"),
    "text": _l("Text"),
    "subject": _l("Subject"),
}


@dataclass(frozen=True)
class Typing:
    """One text: its field, and what it says in the first language, as paragraphs.

    Where that was changed since, what it was before, `former`, and the field that says the text is still right.
    """

    field: Field
    first: list[str]
    former: list[str]
    right: Field | None


class TextsForm(Form):
    """The texts of some rows in one language."""

    seen = HiddenField()
    rows: Sequence[Worded] = ()
    tongue = ""

    def typings(self, row: Worded) -> Iterator[Typing]:
        """The texts of this row."""
        for name in names_of(row):
            former = row.changed_since.get(self.tongue, {}).get(name)
            right = self[f"right_{name}_{row.id}"] if former else None
            yield Typing(self[f"{name}_{row.id}"], lines(getattr(row, name)), lines(former or []), right)

    def still_right(self, row: Worded) -> list[str]:
        """The texts of this row that are right though the first language changed since."""
        asked = {name: f"right_{name}_{row.id}" for name in names_of(row)}
        return [name for name, field in asked.items() if field in self and self[field].data]

    def validate(self, extra_validators: object = None) -> bool:
        """Whether it can be saved: each field, and a title or subject above each text that has one."""
        sound = bool(super().validate())
        for row in (one for one in self.rows if type(one) in HEADINGS):
            name, sentence = HEADINGS[type(row)]
            heading = self[f"{name}_{row.id}"]
            if not heading.data and not heading.errors and self.texts(row).get("text"):
                heading.errors, sound = [str(sentence)], False
        return sound

    def texts(self, row: Worded) -> Record:
        """What was typed for this row."""
        typed = {name: self[f"{name}_{row.id}"].data or "" for name in names_of(row)}
        return {name: paragraphs(text) if is_list(row, name) else text for name, text in typed.items()}


def form_for(rows: Sequence[Worded], tongue: str, typed: Typed = None) -> TextsForm:
    """The form of these rows as they stand in this language, or as it was typed."""
    fields: dict[str, object] = {"rows": rows, "tongue": tongue}
    stand: dict[str, str] = {}
    for row in rows:
        for name in names_of(row):
            column = table_of(type(row)).columns.get(name)
            most = LENGTHS.get(type(row), {}).get(name) if column is None else getattr(column.type, "length", None)
            longest, checks = LONGEST_OF.get(type(row), LONGEST), CHECKS.get(type(row), ())
            made = (
                Line(LABELS[name], most=most, checks=checks)
                if most
                else Text(LABELS[name], most=longest, checks=checks)
            )
            text = row.texts.get(tongue, {}).get(name, "")
            fields[f"{name}_{row.id}"] = made
            if name in row.changed_since.get(tongue, {}):
                fields[f"right_{name}_{row.id}"] = BooleanField(_l("Still right"))
            stand[f"{name}_{row.id}"] = "\n\n".join(text) if isinstance(text, list) else text
    made_form = type("TextsForm", (TextsForm,), fields)
    return made_form(typed, **stand, seen=state_of(rows, tongue))  # type: ignore[no-any-return]


def names_of(row: Worded) -> list[str]:
    """The columns of this row that there is something in."""
    return [name for name in row.in_languages if getattr(row, name)]


def lines(text: str | list[str]) -> list[str]:
    return text if isinstance(text, list) else text.split("\n")


def is_list(row: Worded, name: str) -> bool:
    return isinstance(getattr(row, name), list)


def state_of(rows: Sequence[Worded], tongue: str) -> str:
    """A mark that is another one where somebody has changed one of these texts."""
    stand = [[row.id, row.texts.get(tongue, {}), [getattr(row, name) for name in names_of(row)]] for row in rows]
    return sha256(json.dumps(stand, sort_keys=True).encode()).hexdigest()[:16]
