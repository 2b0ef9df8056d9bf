"""What the forms of others ask of a good practice beyond a note: WSIS Stocktaking and the WSIS Prizes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType

from eventapp.ground.text.policy import words_in
from eventapp.vocabulary.lines import ACTION_LINES
from eventapp.vocabulary.notes import ASIDE_LIMIT
from eventapp.vocabulary.practices import ACTIVITIES, COVERAGES

PITCH_LEAST, PITCH_MOST = 150, 200  # words, as the Prizes put it to the public vote
DETAIL_LIMITS: Mapping[str, int] = MappingProxyType(  # words; what a note has too has the limit of the note
    {"pitch": PITCH_MOST, "impact": 100, "replicability": ASIDE_LIMIT, "sustainability": ASIDE_LIMIT}
)
MOST_KEYWORDS = 10
DAY = re.compile(r"[12][0-9]{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?")
WEBSITE = re.compile(r"https?://[^\s/.@]+(\.[^\s/.@]+)+(/\S*)?")


@dataclass(frozen=True)
class Details:
    """The answers that only these forms ask for. Each may be left out: the sheet then says that it is missing."""

    pitch: str = ""  # the short description
    impact: str = ""
    replicability: str = ""
    sustainability: str = ""
    activity: str = ""
    coverage: str = ""
    keywords: str = ""
    website: str = ""
    starts_on: str = ""  # 2016, 2016-03 or 2016-03-09: few projects have a first day
    ends_on: str = ""
    is_ongoing: bool = False
    prize_line: str = ""  # the action line whose prize it is put forward for

    @property
    def faults(self) -> list[str]:
        """The answers that no form would take, by the names of their fields."""
        sound = {
            "activity": not self.activity or self.activity in ACTIVITIES,
            "coverage": not self.coverage or self.coverage in COVERAGES,
            "prize_line": not self.prize_line or self.prize_line in ACTION_LINES,
            "keywords": len(keywords_in(self.keywords)) <= MOST_KEYWORDS,
            "website": is_website(self.website),
            "starts_on": is_day(self.starts_on),
            "ends_on": is_day(self.ends_on) and self.is_in_order,
        }
        long = [name for name, most in DETAIL_LIMITS.items() if words_in(getattr(self, name)) > most]
        return [*long, *(name for name, is_sound in sound.items() if not is_sound)]

    @property
    def is_in_order(self) -> bool:
        """Whether it ends after it starts, and does not both end and go on."""
        start, end = self.starts_on, self.ends_on
        return not end or (not self.is_ongoing and end >= start[: len(end)])

    @property
    def time(self) -> str:
        """From when until when, as the entry of a database has it."""
        if self.is_ongoing:
            return f"{self.starts_on}, ongoing" if self.starts_on else "ongoing"
        return " to ".join(filter(None, (self.starts_on, self.ends_on)))


DETAILS = tuple(field.name for field in fields(Details))


def keywords_in(typed: str) -> list[str]:
    """The words between commas or semicolons, each once."""
    return list(dict.fromkeys(word.strip() for word in re.split(r"[,;،؛、，]", typed) if word.strip()))


def is_website(address: str) -> bool:
    """Whether a browser would open this address. Nothing is typed where nothing is known."""
    return not address or bool(WEBSITE.fullmatch(address))


def is_day(typed: str) -> bool:
    """Whether this is a year, a month or a day, in figures from the year on."""
    return not typed or bool(DAY.fullmatch(typed))
