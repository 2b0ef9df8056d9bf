from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from eventapp.ground.db.types import Record
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _, ngettext
from eventapp.meeting_file.themes.queries import uses_of
from eventapp.meetings.models import Meeting
from eventapp.meetings.themes.actions import keep_sets, own_themes
from eventapp.meetings.themes.content import MOST_LINES, MOST_SETS, SDG, WSIS, OwnLine, Themes, ThemeSet
from eventapp.people.models import Person

T = TypeVar("T", ThemeSet, OwnLine)


@dataclass(frozen=True)
class Named:
    """A name or a title; `texts` has it in the other languages of the meeting."""

    name: str
    texts: Mapping[str, str]


def take_set(meeting: Meeting, code: str, *, by: Person, at: datetime) -> None:
    """Let the meeting have a shipped set, the goals last. One that it has already is no fault; refused for others."""
    if code not in (WSIS, SDG):
        raise Refused(_("This set of themes is there no longer."))
    sets = list(own_themes(meeting).sets)
    if all(one.code != code for one in sets):
        sets.insert(0 if code == WSIS else len(sets), ThemeSet(code))
        keep_sets(meeting, sets, "took themes", {"set": code}, by=by, at=at)


def add_set(meeting: Meeting, named: Named, *, by: Person, at: datetime) -> str:
    """Give the meeting one more set. Returns its code. Refused where one has this name, or there are many."""
    sets = list(own_themes(meeting).sets)
    _refuse_same(sets, named.name)
    if len(sets) >= MOST_SETS:
        raise Refused(_("A meeting has %(most)s sets of themes at most.", most=MOST_SETS))
    taken = {one.code for one in sets}
    code = next(name for number in range(1, MOST_SETS + 2) if (name := f"set{number}") not in taken)
    sets.append(ThemeSet(code, named.name, named.texts))
    keep_sets(meeting, sets, "added themes", {"set": code, "name": named.name}, by=by, at=at)
    return code


def name_set(meeting: Meeting, code: str, named: Named, *, by: Person, at: datetime) -> None:
    """Call a set otherwise. Refused where another has this name."""
    themes = own_themes(meeting)
    before = set_in(themes, code)
    _refuse_same([one for one in themes.sets if one is not before], named.name)
    after = replace(before, name=named.name, texts=named.texts)
    changes = {"name": [before.name, after.name]}
    _keep(meeting, themes, after, "changed themes", {"changes": changes}, by=by, at=at)


def place_set(meeting: Meeting, code: str, place: int, *, by: Person, at: datetime) -> None:
    """Put a set at this place of the list, the first is 1."""
    themes = own_themes(meeting)
    sets = _moved(themes.sets, set_in(themes, code), place)
    keep_sets(meeting, sets, "moved themes", {"set": code}, by=by, at=at)


def drop_set(meeting: Meeting, code: str, *, by: Person, at: datetime) -> None:
    """Take a set away. A shipped one stays in the notes that carry it; refused for one of its own that is in use."""
    themes = own_themes(meeting)
    gone = set_in(themes, code)
    _refuse_used(uses_of(meeting).of_set(gone) if not gone.is_shipped else 0)
    sets = [one for one in themes.sets if one is not gone]
    keep_sets(meeting, sets, "removed themes", {"set": code}, by=by, at=at)


def add_line(meeting: Meeting, code: str, line: str, named: Named, *, by: Person, at: datetime) -> None:
    """Give a set one more theme, at the end. Refused where its code is taken, or there are many."""
    themes = own_themes(meeting)
    one = set_in(themes, code)
    if line in themes.lines:
        raise Refused(_("“%(code)s” is a theme already. Choose another code.", code=line), beside="code")
    if len(one.lines) >= MOST_LINES:
        raise Refused(_("A set has %(most)s themes at most.", most=MOST_LINES))
    after = replace(one, lines=(*one.lines, OwnLine(line, named.name, named.texts)))
    _keep(meeting, themes, after, "added theme", {"code": line, "name": named.name}, by=by, at=at)


def change_line(meeting: Meeting, code: str, line: str, named: Named, *, by: Person, at: datetime) -> None:
    """Call a theme otherwise; its code stays."""
    themes = own_themes(meeting)
    one, before = line_in(themes, code, line)
    after = replace(before, short_title=named.name, texts=named.texts)
    lines = tuple(after if each is before else each for each in one.lines)
    changes = {"title": [before.short_title, after.short_title]}
    about = {"code": line, "changes": changes}
    _keep(meeting, themes, replace(one, lines=lines), "changed theme", about, by=by, at=at)


def place_line(meeting: Meeting, code: str, line: str, place: int, *, by: Person, at: datetime) -> None:
    """Put a theme at this place of its set, the first is 1."""
    themes = own_themes(meeting)
    one, row = line_in(themes, code, line)
    lines = tuple(_moved(one.lines, row, place))
    _keep(meeting, themes, replace(one, lines=lines), "moved theme", {"code": line}, by=by, at=at)


def remove_line(meeting: Meeting, code: str, line: str, *, by: Person, at: datetime) -> None:
    """Remove a theme that nothing carries. Refused for others."""
    themes = own_themes(meeting)
    one, gone = line_in(themes, code, line)
    _refuse_used(uses_of(meeting).of(line))
    lines = tuple(each for each in one.lines if each is not gone)
    _keep(meeting, themes, replace(one, lines=lines), "removed theme", {"code": line}, by=by, at=at)


def set_in(themes: Themes, code: str) -> ThemeSet:
    """The set with this code. Refused where it is gone."""
    found = next((one for one in themes.sets if one.code == code), None)
    if found is None:
        raise Refused(_("This set of themes is there no longer."))
    return found


def line_in(themes: Themes, code: str, line: str) -> tuple[ThemeSet, OwnLine]:
    """The theme with this code, and its set. Refused where one of them is gone."""
    one = set_in(themes, code)
    found = next((each for each in one.lines if each.code == line), None)
    if found is None:
        raise Refused(_("This theme is there no longer."))
    return one, found


def _keep(
    meeting: Meeting, themes: Themes, after: ThemeSet, verb: str, about: Record, *, by: Person, at: datetime
) -> None:
    sets = [after if one.code == after.code else one for one in themes.sets]
    keep_sets(meeting, sets, verb, {"set": after.code, **about}, by=by, at=at)


def _moved(rows: tuple[T, ...], row: T, place: int) -> list[T]:
    others = [one for one in rows if one is not row]
    others.insert(max(place - 1, 0), row)
    return others


def _refuse_same(others: list[ThemeSet], name: str) -> None:
    if any(one.label.casefold() == name.casefold() or one.name.casefold() == name.casefold() for one in others):
        raise Refused(_("There is a set “%(name)s” already. Write another name.", name=name), beside="name")


def _refuse_used(number: int) -> None:
    if number:
        raise Refused(
            ngettext(
                "%(num)s note, input or card carries it, so it stays. Take it off there first.",
                "%(num)s notes, inputs and cards carry it, so it stays. Take it off there first.",
                number,
            )
        )
