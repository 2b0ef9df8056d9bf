"""Sets of tags as values: the two that are shipped, and those that a meeting wrote itself."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from eventapp.ground.db.types import Record
from eventapp.ground.text.i18n import _, language
from eventapp.vocabulary.goals import GOALS, Goal
from eventapp.vocabulary.lines import ACTION_LINES, ActionLine
from eventapp.vocabulary.matrix import MATRIX, Link, Suggestion, suggested_goals

WSIS, SDG = "wsis", "sdg"  # the sets that are shipped: 18 action lines, 17 goals
MOST_SETS, MOST_LINES = 8, 60
LONGEST_CODE, LONGEST_NAME, LONGEST_TITLE = 8, 80, 160
OWN_CODE = re.compile(r"[A-Z][A-Z0-9.]*")
NUMBERED = re.compile(r"C\d+|(SDG|GOAL|G)\d+")  # as action lines and goals are typed


@dataclass(frozen=True)
class OwnLine:
    """One theme of a set of the meeting's own; read as an action line is."""

    code: str
    short_title: str = ""  # in the language of the meeting
    texts: Mapping[str, str] = field(default_factory=dict)  # language -> title

    @property
    def short_code(self) -> str:
        return self.code

    @property
    def head(self) -> str:
        return self.code

    @property
    def title(self) -> str:
        """The title in the reader's language, or in that of the meeting."""
        return self.texts.get(language()) or self.short_title

    @property
    def full_title(self) -> str:
        return self.title

    @property
    def label(self) -> str:
        """Code and title: "P1 Skills"."""
        return f"{self.code} {self.title}".strip()


Theme = ActionLine | OwnLine


class Lines(dict[str, Theme]):
    """Themes by code, in their order. One that is not offered (any more) is still named, as far as it is known."""

    def __missing__(self, code: str) -> Theme:
        return ACTION_LINES.get(code) or OwnLine(code)


@dataclass(frozen=True)
class ThemeSet:
    """A set of themes; a shipped one has neither name nor lines of its own."""

    code: str
    name: str = ""  # in the language of the meeting
    texts: Mapping[str, str] = field(default_factory=dict)  # language -> name
    lines: tuple[OwnLine, ...] = ()

    @property
    def is_shipped(self) -> bool:
        return self.code in (WSIS, SDG)

    @property
    def label(self) -> str:
        """Its name in the reader's language."""
        if self.code == WSIS:
            return _("Action lines")
        if self.code == SDG:
            return _("Goals")
        return self.texts.get(language()) or self.name

    @property
    def themes(self) -> Mapping[str, Theme]:
        """Its themes by code; those of the goals are numbers, so it has none."""
        return ACTION_LINES if self.code == WSIS else {one.code: one for one in self.lines}


@dataclass(frozen=True)
class Themes:
    """All sets that a meeting has, in their order."""

    sets: tuple[ThemeSet, ...]

    @cached_property
    def lines(self) -> Lines:
        """Every theme that is told by a code, of all sets."""
        return Lines({code: one for each in self.sets for code, one in each.themes.items()})

    @cached_property
    def goals(self) -> Mapping[int, Goal]:
        """The goals; none where the meeting does not have that set."""
        return GOALS if any(one.code == SDG for one in self.sets) else {}

    @property
    def groups(self) -> list[ThemeSet]:
        """The sets that have themes told by a code."""
        return [one for one in self.sets if one.themes]

    @property
    def has_lines_of_wsis(self) -> bool:
        """Whether the 18 action lines are among them: forms of WSIS ask by these."""
        return any(one.code == WSIS for one in self.sets)

    @property
    def are_shipped(self) -> bool:
        """Whether none of them is the meeting's own."""
        return all(one.is_shipped for one in self.sets)

    @property
    def heading(self) -> str:
        """What they are called together in the reader's language."""
        return _("Action lines") if self.are_shipped else _("Themes")

    @property
    def one(self) -> str:
        """What one of them is called in the reader's language."""
        return _("Action line") if self.are_shipped else _("Theme")

    @property
    def matrix(self) -> Mapping[str, Mapping[int, Link]]:
        """The WSIS-SDG Matrix, where the meeting has both sets."""
        return MATRIX if self.goals and self.has_lines_of_wsis else {}

    @property
    def own_texts(self) -> list[Mapping[str, str]]:
        """What each set and each theme of the meeting's own is called in other languages."""
        own = (one for one in self.sets if not one.is_shipped)
        return [texts for one in own for texts in (one.texts, *(line.texts for line in one.lines))]

    def without(self, tongue: str) -> tuple[ThemeSet, ...]:
        """The sets without what they are called in this language."""

        def left(texts: Mapping[str, str]) -> dict[str, str]:
            return {code: text for code, text in texts.items() if code != tongue}

        return tuple(
            replace(
                one, texts=left(one.texts), lines=tuple(replace(line, texts=left(line.texts)) for line in one.lines)
            )
            for one in self.sets
        )

    def suggested(self, chosen: Iterable[str]) -> list[Suggestion]:
        """The goals that these lines point to, best first."""
        return suggested_goals(chosen) if self.matrix else []


SHIPPED = Themes((ThemeSet(WSIS), ThemeSet(SDG)))


def is_free(code: str) -> bool:
    """Whether a theme of a meeting's own may have this code: no action line and no goal is typed like it."""
    return not NUMBERED.fullmatch(code) and code not in ACTION_LINES


def themes_from(found: Record) -> Themes:
    """The themes that a meeting keeps as JSON; where it keeps nothing, those that are shipped."""
    return Themes(tuple(map(_set_from, found["sets"]))) if found else SHIPPED


def as_record(sets: Iterable[ThemeSet]) -> Record:
    """The same as JSON keeps it."""
    return {
        "sets": [
            {
                "code": one.code,
                "name": one.name,
                "texts": dict(one.texts),
                "lines": [
                    {"code": line.code, "title": line.short_title, "texts": dict(line.texts)} for line in one.lines
                ],
            }
            for one in sets
        ]
    }


def _set_from(found: Record) -> ThemeSet:
    lines = tuple(OwnLine(one["code"], one["title"], one.get("texts", {})) for one in found.get("lines", ()))
    return ThemeSet(found["code"], found.get("name", ""), found.get("texts", {}), lines)
