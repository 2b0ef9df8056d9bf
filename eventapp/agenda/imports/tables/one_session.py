"""One row of a table as a session. A column that is not there says nothing; an empty cell, that there is nothing."""

import re
import uuid
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from eventapp.agenda.imports.foreign import Foreign, checked, in_their_role, one_line, several_lines
from eventapp.agenda.imports.programs.schedule import language_in, say_links
from eventapp.agenda.imports.tables.columns import DAY, ENDS, LENGTH, STARTS, TITLE
from eventapp.agenda.imports.tables.days import day_of, length_in, moment_in
from eventapp.agenda.sessions.facts import CODE
from eventapp.agenda.sessions.more import tags_in
from eventapp.ground.tables.reading import NO_WORDS, YES_WORDS, cell_name
from eventapp.ground.tables.writing import as_written
from eventapp.ground.text.i18n import _, language
from eventapp.ground.text.policy import folded
from eventapp.vocabulary.tongues import language_called

BETWEEN = re.compile(r"[;|؛\n]")
BEFORE_A_LINK = re.compile(r"\n|[;,]?\s+(?=https?://)")
LONGEST_CODE = 20
SHAPES = {
    **dict.fromkeys(("kind", "track", "subtitle", "licence", "room"), one_line),
    **dict.fromkeys(("summary", "description"), several_lines),
}


@dataclass(frozen=True)
class Reading:
    """How the rows of a table are read. `columns` has the place of each, by its code."""

    meeting_id: int
    zone: ZoneInfo
    order: str  # of figures in a day
    columns: Mapping[str, int]
    titles: Counter[str] = field(default_factory=Counter)  # how many rows have each title, folded

    def words(self, cells: Sequence[str]) -> dict[str, str]:
        """What the cells say, by what the columns are."""
        return {code: as_written(cells[at]).strip() if at < len(cells) else "" for code, at in self.columns.items()}


def session_of(read: Reading, number: int, cells: Sequence[str], formulas: Mapping[str, str]) -> Foreign:
    """The session that a row is. `formulas` has a sentence for each place (from 0) of a cell that calculates."""
    words = read.words(cells)
    one = Foreign(number, one_line(words[TITLE]))
    wrong = {at: formulas[str(at)] for at in read.columns.values() if str(at) in formulas}
    one.faults += [f"{cell_name(at, number - 1)}: {sentence}" for at, sentence in wrong.items()]
    starts, ends = times_in(read, words)
    one.starts_at, one.ends_at = (each.isoformat() if each else "" for each in (starts, ends))
    one.faults += unreadable(read, words, number, starts, ends)
    for name, shape in SHAPES.items():
        if name in words:
            setattr(one, name, shape(words[name]))
    if "people" in words:
        names = (one_line(part) for part in BETWEEN.split(words["people"]))
        one.people = [in_their_role(name) for name in names if name]
    if "links" in words:
        parts = (part.strip().partition(" ") for part in BEFORE_A_LINK.split(words["links"]))
        place = cell_name(read.columns["links"], number - 1)
        say_links(one, ((address, what) for address, _blank, what in parts if address), place)
    if "tags" in words:
        one.tags = tags_in(words["tags"])
    say_language(one, words)
    say_recording(one, words)
    name_it(one, words, read, starts)
    return checked(one)


def unreadable(
    read: Reading, words: Mapping[str, str], number: int, starts: datetime | None, ends: datetime | None
) -> Iterator[str]:
    """A sentence for each cell that should have a day, a time or a length, and has none that can be read."""
    looked_at = (DAY, STARTS) if starts is None else (ENDS, LENGTH) if ends is None else ()
    for name in looked_at:
        if words.get(name):
            place, cell = cell_name(read.columns[name], number - 1), words[name][:40]
            yield _("%(cell)s: “%(words)s” cannot be read as a day or a time.", cell=place, words=cell)


def times_in(read: Reading, words: Mapping[str, str]) -> tuple[datetime | None, datetime | None]:
    """When the session begins and ends. One that ends at an earlier hour than it begins ends on the next day."""
    day: date | None = day_of(words[DAY], read.order) if words.get(DAY) else None
    starts = moment_in(words[STARTS], day, read.order, read.zone)
    if starts is None:
        return None, None
    if cell := words.get(ENDS, ""):
        ends = moment_in(cell, starts.date(), read.order, read.zone)
        only_clock = ends is not None and moment_in(cell, None, read.order, read.zone) is None
        return starts, ends + timedelta(days=1) if ends and only_clock and ends <= starts else ends
    length = length_in(words.get(LENGTH, ""))
    return starts, starts + length if length else None


def say_language(one: Foreign, words: Mapping[str, str]) -> None:
    """The language that is spoken: by its code, or by its name in any language of ours."""
    if "language" in words:
        cell = words["language"]
        one.language = tongue_in(cell, language()) if cell else ""


@lru_cache(maxsize=200)
def tongue_in(cell: str, _reader: str) -> str:
    """The code of the language that a cell names; remembered, for names are looked up in every language."""
    return language_called(cell) or language_in(cell)


def say_recording(one: Foreign, words: Mapping[str, str]) -> None:
    """Whether it is not to be recorded; what is neither yes nor no is a fault."""
    if "no_recording" in words:
        cell = folded(words["no_recording"])
        one.no_recording = cell in YES_WORDS or cell == folded(_("Yes"))
        if cell and not one.no_recording and cell not in NO_WORDS and cell != folded(_("No")):
            one.faults.append(_("“%(words)s” is neither yes nor no.", words=words["no_recording"][:40]))


def name_it(one: Foreign, words: Mapping[str, str], read: Reading, starts: datetime | None) -> None:
    """Who the session is: its lasting number, its UID, its code, or its title; with its start where titles repeat."""
    one.guid, one.uid, code = (one_line(words.get(name, "")) for name in ("guid", "uid", "code"))
    if CODE.fullmatch(code) and len(code) <= LONGEST_CODE:
        one.code = code
    elif code and not one.guid:
        one.guid = code
    if not (one.guid or one.uid or one.code) and one.title:
        title = folded(one.title)
        when = f"\n{starts.isoformat()}" if starts and read.titles[title] > 1 else ""
        one.guid = str(uuid.uuid5(uuid.NAMESPACE_OID, f"{read.meeting_id}\n{title}{when}"))
