"""What a person is called, and how it is taken out of a text."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, cached_property
from itertools import combinations, groupby, product

from eventapp.ground.text.names import name_key
from eventapp.ground.text.policy import search_key

ERASED = "a participant"  # in the language of the record, which is English
TITLE = re.compile(r"^(?:(?:Mr|Ms|Mrs|Mx|Dr|Prof|H\.E|M|Mme|Sr|Sra)\.?\s+)+", re.IGNORECASE)
ENOUGH = 3  # letters by which a database tells most of the texts that have no name in them
IN_PARTS = (2, 3)  # cells of a row that are a name together: family name, given names
LEAST = 5  # letters of a name without a blank: a shorter one is part of too many words
WITHOUT_BLANKS = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u9fff\uac00-\ud7af]")  # scripts with none


def ways_to_write(given: str, family: str) -> list[str]:
    """A name in full, the given one first and last."""
    return [f"{given} {family}", f"{family} {given}", f"{family}, {given}"] if given and family else []


def sought(names: Iterable[str]) -> list[str]:
    """Those of these names, addresses and numbers that tell of one person, the longest first."""
    tidy = {" ".join(name.split()) for name in names}
    return sorted((one for one in tidy if is_distinct(TITLE.sub("", one))), key=lambda one: (-len(one), one))


def is_distinct(name: str) -> bool:
    """Whether this tells of one person: two words, or one that is long or in a script with long words."""
    return " " in name or len(name) >= LEAST or (len(name) > 1 and WITHOUT_BLANKS.search(name) is not None)


def is_in_full(name: str) -> bool:
    """Whether this is more than one word, which may be a part of anybody's name, or is in a script without blanks."""
    return " " in TITLE.sub("", name) or (len(name) > 1 and WITHOUT_BLANKS.search(name) is not None)


class Names:
    """The names of one person, to be found in texts and taken out."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = list(names)

    @cached_property
    def plain(self) -> set[str]:
        """As they are written, and folded for the search."""
        return {one for name in self.names for one in (name, search_key(name)) if one}

    @cached_property
    def pieces(self) -> list[str]:
        """One of these is in every text that has a name in it, as it is written or within JSON. The shortest ones."""
        plain = {one for name in self.plain for one in pieces_of(name)}
        ways = sorted({*plain, *(json.dumps(one)[1:-1] for one in plain)}, key=lambda one: (len(one), one))
        return [
            one for place, one in enumerate(ways) if not any(other.lower() in one.lower() for other in ways[:place])
        ]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        ways = (edged(one) for one in sorted(self.plain, key=len, reverse=True))
        return re.compile("|".join(ways) or r"(?!)", re.IGNORECASE)

    @cached_property
    def keys(self) -> frozenset[str]:
        """By which a name is known again, in whatever order its words stand."""
        return frozenset(name_key(one) for one in self.names if "@" not in one) - {""}

    @cached_property
    def hint(self) -> re.Pattern[str]:
        """What is in every text that has a name in it: to ask for it costs a hundredth of a key."""
        return re.compile("|".join(map(re.escape, self.pieces)) or r"(?!)", re.IGNORECASE)

    def taken_out(self, value: object) -> object:
        """This text, or all texts in this JSON, with "a participant" for the person."""
        if isinstance(value, str):
            return self.pattern.sub(ERASED, value)
        if isinstance(value, list):
            return self.taken_out_of_row(value)
        if isinstance(value, dict):
            return {self.taken_out(key): self.taken_out(one) for key, one in value.items()}
        return value

    def taken_out_of_row(self, cells: Sequence[object]) -> list[object]:
        """The same of each of these; those that are the name together are emptied, whatever stands between them."""
        parts = self.parts_in({place: one for place, one in enumerate(cells) if isinstance(one, str)})
        return ["" if place in parts else self.taken_out(one) for place, one in enumerate(cells)]

    def parts_in(self, cells: Mapping[int, str]) -> set[int]:
        """The places of those cells that are nothing but a part of the name, where all its parts are there."""
        if not self.hint.search(" ".join(cells.values())):
            return set()
        found = {place: key for place, one in cells.items() if self.is_part(key := name_key(one))}
        counts = Counter(found.values())
        keys = [key for key, count in counts.items() for _each in range(min(count, max(IN_PARTS)))]
        together = (some for many in IN_PARTS for some in combinations(keys, many))
        whole = {key for some in together if name_key(*some) in self.keys for key in some}
        return {place for place, key in found.items() if key in whole}

    def is_part(self, key: str) -> bool:
        """Whether these words are some of those of a name."""
        return bool(key) and any(Counter(key.split()) < Counter(name.split()) for name in self.keys)


def pieces_of(name: str) -> set[str]:
    """Letters of one word of a name, in every case: SQLite knows the case of ASCII alone, and blanks may differ."""
    runs = [
        "".join(letters)
        for word in name.split()
        for alone, letters in groupby(word, lambda letter: len(cases_of(letter)) == 1)
        if alone
    ]
    longest = max(runs, key=len, default="")
    if len(longest) >= ENOUGH:
        return {longest}
    return {"".join(one) for one in product(*map(cases_of, max(name.split(), key=len)[:2]))}


@cache
def cases_of(letter: str) -> list[str]:
    """What a pattern takes for this letter; of ASCII the small one, where a database finds the other."""
    same = re.findall(re.escape(letter), letters_with_cases(), re.IGNORECASE)
    return sorted({one.lower() if one.isascii() else one for one in (letter, *same)})


@cache
def letters_with_cases() -> str:
    return "".join(one for one in map(chr, range(0x20000)) if one.lower() != one or one.upper() != one)


def edged(name: str) -> str:
    """A pattern for a name that is no part of a longer word, where its script has blanks between words."""
    words = r"\s+".join(re.escape(word) for word in name.split())
    return words if WITHOUT_BLANKS.search(name) else rf"(?<!\w){words}(?!\w)"


def blanked(value: object) -> object:
    """What history says of a thing of theirs, with a mark for every text."""
    if isinstance(value, str):
        return "…" if value else ""
    if isinstance(value, list):
        return [blanked(one) for one in value]
    return {key: blanked(one) for key, one in value.items()} if isinstance(value, dict) else value
