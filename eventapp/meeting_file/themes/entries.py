"""What a meeting file says about a set of themes."""

# ruff: noqa: RUF009 -- the fields of the schema are made by functions that only wrap field()

from dataclasses import dataclass

from eventapp.meeting_file.kinds import Place, Words
from eventapp.meeting_file.parts.fields import OTHERS, a_code, entries_of, one, place_of
from eventapp.meeting_file.texts.entries import KindTexts, ThemeTexts
from eventapp.meetings.themes.content import LONGEST_CODE, LONGEST_NAME, LONGEST_TITLE, OWN_CODE


@dataclass(frozen=True, kw_only=True)
class ThemeEntry:
    """A theme of a set."""

    code: str = one(Words(LONGEST_CODE, pattern=OWN_CODE, example="P1"), "as a tag shows it; notes name it")
    title: str = one(Words(LONGEST_TITLE), "as people read it")
    texts: tuple[ThemeTexts, ...] = entries_of(ThemeTexts, OTHERS)
    place: Place = place_of()

    @property
    def key(self) -> str:
        return self.code


@dataclass(frozen=True, kw_only=True)
class ThemeSetEntry:
    """A set of themes."""

    code: str = one(a_code(), "`wsis` and `sdg` are shipped; `none`, alone, says that the meeting has no themes")
    name: str = one(Words(LONGEST_NAME), "as forms call it; a shipped one has none", default="")
    texts: tuple[KindTexts, ...] = entries_of(KindTexts, OTHERS)
    lines: tuple[ThemeEntry, ...] = entries_of(ThemeEntry, "its themes, in order; a shipped one has none here")
    place: Place = place_of()

    @property
    def key(self) -> str:
        return self.code
