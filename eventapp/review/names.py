"""Names to look for in texts, however they are written: a search costs as much as its text is long."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable

SHORTEST = 3  # letters of a name that can be looked for without finding it everywhere
TITLES = frozenset({
    "mr", "mrs", "ms", "miss", "dr", "prof", "professor", "sir", "dame", "madam", "he", "ambassador", "minister",
})  # fmt: skip
UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")


class Names:
    """The names of some people and of what they spoke for."""

    def __init__(self, people: Iterable[str], senders: Iterable[str] = ()) -> None:
        people = [name for name in dict.fromkeys(people) if len(name) >= SHORTEST or UNSPACED.search(name)]
        self._starting: dict[str, list[tuple[list[str], str]]] = defaultdict(list)
        self._parts: dict[str, str] = {}
        self._unspaced = [(plain(name), name) for name in people if UNSPACED.search(name)]
        for name in [*people, *senders]:
            words = words_of(name)
            if len(name) >= SHORTEST and words:
                self._starting[words[0]].append((words, name))
        for name in people:
            for part in words_of(name):
                if len(part) >= SHORTEST:
                    self._parts.setdefault(part, name)

    def found_in(self, text: str) -> list[str]:
        """Return the names that stand in this text, each once; a part of a name counts behind a title: "Ms. Haddad"."""
        words, searched = words_of(text), plain(text)
        found = [name for run, name in self._unspaced if run in searched]
        for place, word in enumerate(words):
            whole = [name for name_words, name in self._starting.get(word, ()) if _is_at(name_words, words, place)]
            found += whole
            if not whole and place and words[place - 1] in TITLES and word in self._parts:
                found.append(self._parts[word])
        return list(dict.fromkeys(found))


def plain(text: str) -> str:
    """Return the text as names are compared: without case and accents."""
    if text.isascii():
        return text.lower()
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def words_of(text: str) -> list[str]:
    """Return the words of a text as names are compared; "H.E." is one word."""
    return re.findall(r"\w+", re.sub(r"\bh\. ?e\.", "he", plain(text)))


def _is_at(name: list[str], words: list[str], place: int) -> bool:
    return words[place : place + len(name)] == name
