"""Which language words are in: by their script first, then by the small words that tell languages apart.

Sure or silent: '' is returned where nothing speaks clearly for one language, as of a name or a figure alone. Names are
not counted, nor what stands between quotation marks: "the École nationale de la statistique" makes no French note.
"""

import re
from collections import Counter, defaultdict
from functools import lru_cache

from eventapp.record.reading.data import table, words_by_language
from eventapp.vocabulary.tongues import SCRIPTS, script_of

LATIN = "LATIN"
WORD = re.compile(r"[^\W\d_]+")
WORDS = re.compile(r"[^\s.,;:!?।۔،؟()]+")  # where vowels are marks, which are no letters
QUOTED = re.compile(r"[“\"«][^”\"»]*[”\"»]")
# A name goes on from a capital to the last one, over the small words between.
SMALL = "(?:[ ’'](?:de|du|des|la|le|les|l|d|et|del|da|do|dos|y|e|van|von|al|of|the|and|for)(?!LETTER))*"
NAME_AS_WRITTEN = (
    f"(?<![.!?] )(?<!^)(?<!LETTER)[A-ZÀ-ÖØ-Þ](?:LETTER|[’'-])*{SMALL}(?:[ ’'-]+[A-ZÀ-ÖØ-Þ](?:LETTER|[’'-])*)*"
)
NAME = re.compile(NAME_AS_WRITTEN.replace("LETTER", r"\w"))
NAME_IN_BROWSERS = NAME_AS_WRITTEN.replace("LETTER", r"[\p{L}\p{N}_]")
ENOUGH, AHEAD, ENGLISH = 1.5, 1.6, 2.0  # what the best needs, times the second; English words that rule others out
SHARE = 0.12  # of the words
MALAY = {"id", "ms"}  # so near each other that one need not be far ahead of the other


@lru_cache(maxsize=256)  # the sentences of a page that is drawn again
def tongue_in(text: str) -> str:
    """Return the code of the language of these words; '' where that is not sure."""
    script = script_of(text)
    if script == LATIN:
        return _latin(text)
    written = SCRIPTS.get(script, ())
    return written[0] if len(written) == 1 else _sharing(script, text) if written else ""


def spoken_in(text: str, given: str) -> str:
    """Return the language of these words: as they show it, else the one that was given, if it is written so at all."""
    written = SCRIPTS.get(script_of(text), ())
    return tongue_in(text) or (written[0] if written and given not in written else given)


def _latin(text: str) -> str:
    plain = NAME.sub(" ", QUOTED.sub(" ", text)).casefold()
    words = WORD.findall(plain)
    if not words:
        return ""
    scores = _scores(words)
    for code, letters in table("letters").items():
        many = sum(plain.count(letter) for letter in letters)
        if many:
            scores[code] += many
    if not scores:
        return ""
    best, score = max(scores.items(), key=lambda one: one[1])
    second = max((many for code, many in scores.items() if {code, best} - MALAY and code != best), default=0)
    is_ahead = score >= ENOUGH and score >= AHEAD * second and score >= SHARE * len(words)
    if best != "en" and scores.get("en", 0) >= ENGLISH and score < 3 * scores["en"]:
        return ""
    return best if is_ahead else ""


def _scores(words: list[str]) -> dict[str, float]:
    """Return what the words speak for: each counts once, and is shared by the languages that have it."""
    scores: dict[str, float] = defaultdict(float)
    for word in sorted(set(words)):
        tongues = words_by_language().get(word, ())
        for code in tongues:
            scores[code] += 1 / len(tongues)
    return scores


def _sharing(script: str, text: str) -> str:
    """Return which of the languages of one script it is; '' where no word and no letter speaks for one of them."""
    plain = text.casefold()
    words, shared = Counter(WORDS.findall(plain)), table("shared").get(script)
    if shared is None:
        return SCRIPTS[script][0]
    scores = {
        code: sum(words[word] for word in shared.get(code, "").split())
        + sum(plain.count(letter) for letter in table("marks").get(code, ""))
        for code in SCRIPTS[script]
    }
    best = max(SCRIPTS[script], key=lambda code: scores[code])
    return best if scores[best] else ""
