"""Likeness: how much two notes share in content, by their words and the beginnings of these.

Words count by how rare they are among the notes of the chapter (tf-idf, Spärck Jones 1972); the likeness of two notes
is the cosine of their words. Small words say nothing, and short forms count as what they are short for.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from math import log, sqrt

from eventapp.review.language.data import table, word_list, word_set
from eventapp.review.language.name_parts import words_of

HEAD = 6  # letters by which "connected" and "connectivity" are one word
SHORTEST = 3


def terms_of(text: str, long_forms: Mapping[str, str]) -> Counter[str]:
    """Return the words by which a text is compared, and how often each stands in it; `long_forms` of short ones."""
    words, small = words_of(text), word_set("stop_words")
    spelt = (part for word in words for part in long_forms.get(word, word).split("-"))
    return Counter(word[:HEAD] for word in spelt if len(word) >= SHORTEST and word not in small)


def short_forms() -> Mapping[str, str]:
    """Return short forms and what they are short for: those of the language, and those that the outline adds."""
    listed = (one.partition("=") for one in word_list("synonyms"))
    return {short: long for short, _equals, long in listed} | dict(table("synonyms"))


class Likeness:
    """The notes of a chapter as weighted words; each is compared by its number."""

    def __init__(self, texts: Mapping[int, str]) -> None:
        long_forms = short_forms()
        counted = {number: terms_of(text, long_forms) for number, text in texts.items()}
        spread = Counter(term for terms in counted.values() for term in terms)
        many = len(counted)
        self._weights = {
            number: _unit({term: times * log(1 + many / spread[term]) for term, times in terms.items()})
            for number, terms in counted.items()
        }

    def of(self, one: int, other: int) -> float:
        """Return the likeness of two notes, from 0 to 1."""
        few, more = sorted((self._weights[one], self._weights[other]), key=len)
        return sum(weight * more.get(term, 0.0) for term, weight in few.items())

    def words(self, one: int) -> Collection[str]:
        """Return the words by which a note is compared."""
        return self._weights[one].keys()

    def rarest(self, one: int, least: float) -> list[str]:
        """Return the words of which any other note has one that is as like it as `least`: the rest weigh too little."""
        found, left = [], 1.0
        for word, weight in sorted(self._weights[one].items(), key=lambda pair: (-pair[1], pair[0])):
            if left < least * least:
                break
            found.append(word)
            left -= weight * weight
        return found

    def to_all(self, one: int, others: Iterable[int]) -> float:
        """Return the mean likeness of a note to several."""
        found = [self.of(one, other) for other in others]
        return sum(found) / len(found) if found else 0.0


def _unit(weights: Mapping[str, float]) -> dict[str, float]:
    length = sqrt(sum(weight * weight for weight in weights.values()))
    return {term: weight / length for term, weight in weights.items()} if length else {}
