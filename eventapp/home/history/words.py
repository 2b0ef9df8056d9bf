"""What history keeps, as a person reads it: labels for fields, words for states and codes, times where the meeting is.

History itself is sealed in English and in codes. A field or code that has no words here is shown as it stands.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from eventapp.ground.db.types import Record
from eventapp.ground.text.dates import day, moment
from eventapp.ground.text.i18n import LazyString, _
from eventapp.ground.text.worded import worded
from eventapp.history.models import Entry
from eventapp.home.history.labels import CODES, FIELDS, UNSHOWN
from eventapp.home.history.things import names_of
from eventapp.meetings.models import Meeting
from eventapp.registration.application import LABELS
from eventapp.registration.application import in_words as answer_in_words
from eventapp.vocabulary.countries import country
from eventapp.vocabulary.participants import STAFF
from eventapp.vocabulary.sessions import SPEAKING_ROLES
from eventapp.vocabulary.tongues import TONGUES

A_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
A_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(:\d{2}(\.\d+)?)?([+-]\d{2}:\d{2}|Z)")
OF_NAMES = ("code", "name", "reference", "title")
PAIR = 2  # what a change holds: before and after
LONGEST = 300  # characters of one value; a report's summary may have thousands
COUNTRIES = ("country", "delegation_country", "delegation", "represents_country")
TERMS: Mapping[str, Mapping[str, LazyString]] = {
    "part": {code: term.words for code, term in SPEAKING_ROLES.items()},
    "role": {code: term.words for code, term in {**SPEAKING_ROLES, **STAFF}.items()},
}


@dataclass(frozen=True)
class Detail:
    """One thing that a line says: a field, and its value; `before` where it was another, "" where it was none."""

    label: str
    value: str
    before: str | None = None


@dataclass(frozen=True)
class HistoryLine:
    """A line of history, what the row is called that it is about, and what it says beside."""

    entry: Entry
    named: str
    details: Sequence[Detail]


def in_words(entries: list[Entry], meeting: Meeting) -> list[HistoryLine]:
    """These lines as an organizer of the meeting reads them; one question for each table they are about."""
    names, categories = names_of(entries, meeting), {one.code: worded(one, "name") for one in meeting.categories}
    return [line_of(one, names.get(one.id, ""), meeting, categories) for one in entries]


def line_of(entry: Entry, named: str, meeting: Meeting, categories: Mapping[str, str]) -> HistoryLine:
    found = {name: value for name, value in entry.detail.items() if name not in UNSHOWN}
    named = named or str(found.get("reference") or found.get("code") or "")
    found = {name: value for name, value in found.items() if name not in OF_NAMES or str(value) not in named}
    reading = Reading(entry.thing, meeting, categories)
    return HistoryLine(entry, named, [*reading.changed(taken_out(found, entry.thing)), *reading.plain(found)])


def taken_out(found: Record, thing: str) -> Record:
    """The changes among these details, by field; they are no more among them."""
    changes = found.pop("changes", None) or {}
    if "before" in found and "after" in found:
        changes = {"state" if thing == "registration" else "text": [found.pop("before"), found.pop("after")], **changes}
    return changes


@dataclass(frozen=True)
class Reading:
    """How the values of a line are read: about which table, at which meeting."""

    thing: str
    meeting: Meeting
    categories: Mapping[str, str]

    def changed(self, changes: Record) -> Iterator[Detail]:
        """Each change as a field with what it was and what it is; of what is private only that it changed."""
        for name, pair in changes.items():
            if isinstance(pair, list) and len(pair) == PAIR:
                yield Detail(self.label(name), self.words(name, pair[1]), self.words(name, pair[0]))
            else:
                yield Detail(self.label(name), self.words(name, pair) if pair is not None else _("changed"))

    def plain(self, found: Record) -> Iterator[Detail]:
        for name, value in found.items():
            words = self.words(name, value)
            if words:
                yield Detail(self.label(name), words)

    def label(self, name: str) -> str:
        """What a field is called, as forms call it."""
        known = LABELS.get(name) if self.thing == "registration" else None
        return str(known or FIELDS.get(name) or TONGUES.get(name) or name.replace("_", " "))

    def words(self, name: str, value: object) -> str:
        """A value in the reader's language; "" for nothing."""
        if value is None or value in ("", [], {}):
            return ""
        if isinstance(value, dict):
            return "; ".join(f"{self.label(key)}: {self.words(key, one)}" for key, one in value.items() if one)
        if isinstance(value, list):
            return ", ".join(self.words(name, one) for one in value)
        if isinstance(value, bool):
            return _("Yes") if value else _("No")
        text = str(value)
        return self.of_code(name, text) or self.of_time(text) or shortened(text)

    def of_code(self, name: str, text: str) -> str:
        if self.thing == "registration" and name in LABELS:
            return answer_in_words(name, text, dict(self.categories)) or text
        if name in COUNTRIES:
            found = country(text)
            return found.label if found else ""
        if name in ("language", "languages", "original_language", "interpretation"):
            return TONGUES.get(text, text)
        known = TERMS.get(name, {}).get(text) or CODES.get(name, {}).get(text)
        return str(known or "")

    def of_time(self, text: str) -> str:
        try:
            if A_MOMENT.fullmatch(text):
                return moment(datetime.fromisoformat(text), self.meeting.zone)
            return day(date.fromisoformat(text)) if A_DAY.fullmatch(text) else ""
        except ValueError:
            return ""


def shortened(text: str) -> str:
    """A text with its end left out where it is long; history keeps all of it."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rstrip()} …"
