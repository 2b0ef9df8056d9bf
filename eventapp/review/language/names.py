"""Names to look for in texts, however they are written: a search costs as much as its text is long.

Found, which blocks: a whole name, its words in either order; any part of it behind a title ("Ms. Haddad"); and the
family name alone ("Haddad said") where it is written as a name is, with a capital. `parts.py` says which part that is.

Suspected, which is shown and blocks nothing: what may be a name and may be something else. A given name alone; a part
that a name which may be said has too, of a person or an organization; a word in capitals as short as an acronym; and a
name that is an ordinary word or a country as well (`ordinary.txt`: "Mark", "Long", "Chad"), where somebody speaks:
"Long said", "by Mark". Anywhere else such a word is taken for the word.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

from eventapp.review.language.data import word_list
from eventapp.review.language.name_parts import (
    CASED,
    SHORTEST,
    UNSPACED,
    Part,
    Word,
    is_ordinary,
    normalized,
    parts_of,
    readings_in,
    readings_of,
    unspaced_parts,
    words_of,
    written_words,
)
from eventapp.vocabulary.called import LOUD, called, has_to_be_loud, initials, is_acronym, spelled_out

TITLES = frozenset(word_list("titles"))
ACRONYM = 3  # letters of a word in capitals that may as well be an acronym
SPEAKING = frozenset(word_list("speaking"))
HEARD_FROM = frozenset(word_list("heard_from"))


class Allowed:
    """The names that may be said in a text: of people, and of whom they spoke for."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self.starting: dict[str, list[tuple[list[str], str]]] = defaultdict(list)
        self.having: dict[str, set[str]] = defaultdict(set)
        for name in dict.fromkeys(names):
            words = words_of(name)
            if words:
                self.starting[words[0]].append((words, name))
            for word in words:
                self.having[word].add(name)


NONE = Allowed()


class Names:
    """The names of some people and of what they spoke for, which a text may not say."""

    def __init__(self, people: Iterable[str], senders: Collection[str] = (), allowed: Allowed = NONE) -> None:
        self.people = {name for name in people if name.strip()}
        self.allowed = allowed
        self._starting: dict[str, list[tuple[list[str], str]]] = defaultdict(list)
        self._parts: dict[str, list[Part]] = defaultdict(list)
        self._titled: dict[str, str] = {}
        ordered = sorted(self.people)
        self._unspaced = [(run, name) for name in ordered for run in unspaced_parts(name)]
        self._initials = {letters: name for name in senders if (letters := initials(name))}
        others = [(other, name) for name in senders for other in called(name)]
        self._acronyms = {other.upper(): name for other, name in others if is_acronym(other)}
        for whole in dict.fromkeys(
            [*(each for name in ordered for each in _wholes(name)), *(other for other, _name in others)]
        ):
            words = words_of(whole)
            if len(whole) >= SHORTEST and words:
                self._starting[words[0]].append((words, whole))
        for name in ordered:
            for word in words_of(name):
                if len(word) > 1:
                    self._titled.setdefault(word, name)
            for part in parts_of(name):
                self._parts[part.words[0]].append(part)
        self._looked_for = {*self._starting, *self._parts, *self._titled, *map(str.casefold, self._initials)}

    def found_in(self, text: str) -> list[str]:
        """Return the names that stand in this text, each once."""
        return self.read_in(text)[0]

    def suspected_in(self, text: str) -> list[str]:
        """Return the names of which a part may stand in this text, each once, without those that are found there."""
        return self.read_in(text)[1]

    def read_in(self, text: str) -> tuple[list[str], list[str]]:
        """Return the names that stand in this text, and those of which a part may, in one reading."""
        read = list(self._read(text))
        found = dict.fromkeys(name for name, is_certain in read if is_certain)
        return list(found), list(dict.fromkeys(name for name, _certain in read if name not in found))

    def _read(self, text: str) -> Iterator[tuple[str, bool]]:
        if not self._starting and not self._parts and not self._unspaced:
            return
        if self._unspaced and UNSPACED.search(text):
            searched = normalized(text)
            yield from ((name, True) for run, name in self._unspaced if run in searched)
        if self._acronyms:
            spelled = spelled_out([word.written for word in written_words(text)], self._acronyms)
            yield from ((self._acronyms[letters], len(letters) >= LOUD) for letters in spelled)
        if self._looked_for.isdisjoint(readings_in(text)):
            return  # most texts of a long report end here
        words, place = written_words(text), 0
        while place < len(words):
            if self._is_nobody(words[place].normalized):
                place += 1
                continue
            length, told = self._read_at(words, place)
            yield from told
            place += length

    def _is_nobody(self, word: str) -> bool:
        """Whether no name begins with this word, as most words of a text."""
        if word in self._looked_for or word in self.allowed.starting:
            return False
        return word.isascii() or self._looked_for.isdisjoint(readings_of(word))

    def _read_at(self, words: Sequence[Word], place: int) -> tuple[int, list[tuple[str, bool]]]:
        """Return how many words are read here, and whose names they are: certainly, or perhaps."""
        word = words[place].normalized
        whole = [
            (len(run), name)
            for run, name in self._starting.get(word, ())
            if _is_at(run, words, place) and (words[place].written.isupper() or not has_to_be_loud(name))
        ]
        if whole:
            return max(length for length, _name in whole), [(name, True) for _length, name in whole]
        if place and words[place - 1].normalized in TITLES and word in self._titled:
            return 1, [(self._titled[word], True)]
        may_be_said = [
            len(run)
            for run, name in self.allowed.starting.get(word, ())
            if name not in self.people and _is_at(run, words, place)
        ]
        if may_be_said:
            return max(may_be_said), []
        if words[place].written in self._initials and not self.allowed.having.get(word):
            return 1, [(self._initials[words[place].written], False)]
        found = [
            (len(part.words), part.name, self._is_certain(part, words, place))
            for reading in readings_of(word)
            for part in self._parts.get(reading, ())
            if _is_at(part.words[1:], words, place + 1)
        ]
        told = [(name, is_certain) for _length, name, is_certain in found if is_certain is not None]
        return max((length for length, _name, is_certain in found if is_certain is not None), default=1), told

    def _is_certain(self, part: Part, words: Sequence[Word], place: int) -> bool | None:
        """Whether this part of a name is certainly meant here, or perhaps; None where it is not."""
        word, written = words[place]
        if CASED.search(written):
            if not written[0].isupper():
                return None
            if len(part.words) == 1 and is_ordinary(word):
                return False if _is_heard(words, place) else None
            if written.isupper() and len(word) < SHORTEST:
                return None
            if written.isupper() and len(word) <= ACRONYM:
                return False
        return part.is_family and not self.allowed.having.get(word, self.people) - self.people


def _wholes(name: str) -> list[str]:
    """Return the name and, of two words, the name turned round; one word alone is read as a part is."""
    words = name.split()
    if len(words_of(name)) == 1 and CASED.match(name) and name[0].isupper():
        return []
    return [name, " ".join(reversed(words))] if len(words) == 2 else [name]  # noqa: PLR2004


def _is_at(run: Sequence[str], words: Sequence[Word], place: int) -> bool:
    return len(run) <= len(words) - place and all(
        word == words[place + step].normalized for step, word in enumerate(run)
    )


def _is_heard(words: Sequence[Word], place: int) -> bool:
    """Whether somebody speaks here."""
    after = words[place + 1].normalized if place + 1 < len(words) else ""
    before = [word.normalized for word in words[max(0, place - 2) : place]]
    return (
        after in SPEAKING
        or before[-1:] == ["according"]
        or before == ["according", "to"]
        or bool(before and before[-1] in HEARD_FROM)
    )
