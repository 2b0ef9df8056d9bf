"""By what somebody is known again, however their name was typed."""

import re

from eventapp.ground.text.policy import folded

TITLES = {"mr", "mrs", "ms", "miss", "dr", "prof", "professor", "he", "hon", "sir", "madam", "ambassador"}
WORD = re.compile(r"[^\W_]+")
KEY_LENGTH = 400  # an index of PostgreSQL takes 2,700 bytes; only names of ligatures are longer when they are folded


def words_of(name: str) -> str:
    """The words of a name in alphabetical order, without titles: "Ms. Ada BYRON" and "Byron, Ada" are the same."""
    return " ".join(sorted([word for word in WORD.findall(folded(name)) if word not in TITLES]))


def name_key(*names: str | None) -> str:
    """The same of a name in several parts, as a column keeps it: a registration and a nominee with one key agree."""
    return words_of(" ".join(name or "" for name in names))[:KEY_LENGTH]
