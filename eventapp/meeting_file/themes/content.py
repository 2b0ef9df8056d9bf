"""From the themes of a meeting to the entries of a file, and back; and what such entries may not say."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from eventapp.ground.text.i18n import _
from eventapp.meeting_file.texts.entries import KindTexts, ThemeTexts
from eventapp.meeting_file.themes.entries import ThemeEntry, ThemeSetEntry
from eventapp.meeting_file.themes.queries import uses_of
from eventapp.meetings.models import Meeting
from eventapp.meetings.themes.actions import keep_sets
from eventapp.meetings.themes.content import (
    MOST_LINES,
    MOST_SETS,
    SDG,
    SHIPPED,
    WSIS,
    OwnLine,
    ThemeSet,
    as_record,
    is_free,
)
from eventapp.meetings.themes.queries import themes_of
from eventapp.people.models import Person

NONE = "none"  # the code that stands alone where a meeting has no themes
Found = tuple[int, str]  # line, what to do


def entries_of_themes(meeting: Meeting) -> tuple[ThemeSetEntry, ...]:
    """What a file says of the themes of this meeting: nothing where they are those that are shipped."""
    sets = themes_of(meeting).sets
    if sets == SHIPPED.sets:
        return ()
    return tuple(map(_entry, sets)) or (ThemeSetEntry(code=NONE),)


def sets_in(entries: Sequence[ThemeSetEntry]) -> tuple[ThemeSet, ...]:
    """The sets that these entries say, the shipped ones where there are none."""
    if not entries:
        return SHIPPED.sets
    return tuple(_set(one) for one in entries if one.code != NONE)


def set_themes(meeting: Meeting, entries: Sequence[ThemeSetEntry], *, by: Person | None, at: datetime) -> None:
    """Let the meeting have the themes that a file says."""
    before, after = themes_of(meeting).sets, sets_in(entries)
    if before != after:
        changes = {"themes": [as_record(before), as_record(after)]}
        keep_sets(meeting, after, "changed themes", {"changes": changes}, by=by, at=at)


def faults_in_themes(entries: Sequence[ThemeSetEntry]) -> Iterator[Found]:
    """What contradicts itself in the themes of a file."""
    seen: dict[str, int] = {}
    for number, one in enumerate(entries, 1):
        if number > MOST_SETS:
            yield one.place.line, f"A meeting has {MOST_SETS} sets of themes at most. Take this one away."
        if one.code == NONE and len(entries) > 1:
            yield one.place.line, f"“{NONE}” stands alone, for a meeting without themes. Take it away, or the others."
        if one.code in (WSIS, SDG, NONE) and (one.name or one.texts or one.lines):
            yield one.place.line, f"The set “{one.code}” has neither a name nor themes of its own here. Take them away."
        if one.code not in (WSIS, SDG, NONE) and not one.name:
            yield one.place.line, f"The set “{one.code}” has no name. Write one, or one of {WSIS}, {SDG}, {NONE}."
        if len(one.lines) > MOST_LINES:
            yield one.place.of("lines"), f"A set has {MOST_LINES} themes at most. Take some away."
        for line in one.lines:
            if not is_free(line.code):
                yield line.place.of("code"), f"“{line.code}” is the number of an action line or a goal. Write another."
            if line.code in seen:
                yield (
                    line.place.of("code"),
                    f"The theme “{line.code}” is already on line {seen[line.code]}. Rename one.",
                )
            seen.setdefault(line.code, line.place.line)


def objections_to_themes(meeting: Meeting, entries: Sequence[ThemeSetEntry], line: int) -> Iterator[Found]:
    """The themes of the meeting's own that would go, though something carries them."""
    left = {one.code for each in sets_in(entries) for one in each.lines}
    gone = [one.code for each in themes_of(meeting).sets for one in each.lines if one.code not in left]
    uses = uses_of(meeting) if gone else None
    for code in gone:
        if uses and uses.of(code):
            yield line, _("Notes, inputs or cards carry the theme %(code)s. Keep it in the file.", code=code)


def _entry(one: ThemeSet) -> ThemeSetEntry:
    lines = (
        ThemeEntry(code=line.code, title=line.short_title, texts=_texts_of_theme(line.texts)) for line in one.lines
    )
    texts = (KindTexts(language=tongue, name=name) for tongue, name in sorted(one.texts.items()))
    return ThemeSetEntry(code=one.code, name=one.name, texts=tuple(texts), lines=tuple(lines))


def _texts_of_theme(texts: Mapping[str, str]) -> tuple[ThemeTexts, ...]:
    return tuple(ThemeTexts(language=tongue, title=title) for tongue, title in sorted(texts.items()))


def _set(one: ThemeSetEntry) -> ThemeSet:
    lines = tuple(
        OwnLine(line.code, line.title, {text.language: text.title for text in line.texts if text.title})
        for line in one.lines
    )
    return ThemeSet(one.code, one.name, {text.language: text.name for text in one.texts if text.name}, lines)
