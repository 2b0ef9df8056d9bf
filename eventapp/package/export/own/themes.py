"""The themes of a meeting as a package says them, and back."""

from collections.abc import Iterator, Mapping

from eventapp.ground.db.types import Record
from eventapp.meetings.models import Meeting
from eventapp.meetings.themes.content import SDG, SHIPPED, WSIS, OwnLine, Themes, ThemeSet, as_record, is_free
from eventapp.meetings.themes.queries import themes_of
from eventapp.package.export import place
from eventapp.package.manifest import content

NONE = "none"  # the code that stands alone where a meeting has no themes


def themes_leaving(meeting: Meeting) -> tuple[place.ThemeSet, ...]:
    """What a package says of the themes of this meeting: nothing where they are those that are shipped."""
    sets = themes_of(meeting).sets
    return () if sets == SHIPPED.sets else tuple(map(_leaving, sets)) or (place.ThemeSet(NONE),)


def themes_in(meeting: content.Meeting) -> Themes:
    """The themes that the meeting of a package has."""
    if not meeting.themes:
        return SHIPPED
    return Themes(tuple(_set(one) for one in meeting.themes if one.code != NONE))


def themes_record(meeting: content.Meeting) -> Record:
    """The same as a meeting keeps them."""
    return as_record(themes_in(meeting).sets) if meeting.themes else {}


def loose_themes(meeting: content.Meeting) -> Iterator[str]:
    """What sets of themes may not say: a code that is taken or stands for something else, a set without its name."""
    for one in meeting.themes:
        is_own = one.code not in (WSIS, SDG, NONE)
        if is_own != bool(one.name) or (one.lines and not is_own) or (one.code == NONE and len(meeting.themes) > 1):
            yield f"set of themes {one.code!a}: its name, or themes that it cannot have"
        yield from (f"theme {line.code!a}: its code" for line in one.lines if not is_free(line.code) or not line.title)


def _leaving(one: ThemeSet) -> place.ThemeSet:
    lines = (place.Theme(line.code, line.short_title, _texts("title", line.texts)) for line in one.lines)
    return place.ThemeSet(one.code, one.name, _texts("name", one.texts), tuple(lines))


def _texts(name: str, texts: Mapping[str, str]) -> Record:
    return {tongue: {name: text} for tongue, text in texts.items()}


def _set(one: place.ThemeSet) -> ThemeSet:
    lines = tuple(OwnLine(line.code, line.title, _named("title", line.texts)) for line in one.lines)
    return ThemeSet(one.code, one.name, _named("name", one.texts), lines)


def _named(name: str, texts: Record) -> dict[str, str]:
    return {tongue: words[name] for tongue, words in texts.items() if words.get(name)}
