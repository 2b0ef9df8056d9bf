"""Text made ready for setting: its direction, its fonts, its longest word, and what no font has."""

import re
import unicodedata
from dataclasses import asdict, dataclass
from functools import cached_property, lru_cache

from eventapp.badges.printing import fonts

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_LONGEST_WHOLE = 24  # a longer word may break anywhere, or no size would fit it
# Thai, Lao, Tibetan, Burmese, Khmer, Han, Kana and Hangul break inside what spaces part.
_BREAKS_INSIDE = re.compile(
    "[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u19e0-\u19ff\ua9e0-\ua9ff\uaa60-\uaa7f"
    "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]"
)
_STACKS = re.compile("[\u0590-\u10cf\u1200-\u1cff]")
_KANA, _HANGUL = re.compile("[\u3040-\u30ff]"), re.compile("[\u1100-\u11ff\uac00-\ud7af]")


@dataclass(frozen=True)
class Line:
    """One text as the sheet takes it, and the characters that had to be replaced."""

    text: str
    lang: str
    rtl: bool
    tall: bool  # its script stacks: what is drawn tells its height, not what the font says
    word: str  # the longest that may not break
    font: str  # the form of its Han characters
    missing: tuple[str, ...]

    @cached_property
    def values(self) -> dict[str, object]:
        """What the sheet is told."""
        return asdict(self)


@lru_cache(maxsize=8192)  # most lines of a batch are the same few delegations, roles and categories
def line(text: str, language: str = "") -> Line:
    """This text ready for setting, in this language or the one its script tells."""
    language = language or _guessed(text)
    missing = tuple(sorted({character for character in text if _lacks(character)}))
    shown = "".join(REPLACEMENT if character in missing else character for character in text)
    shown = " ".join(_breakable(word) for word in shown.split(" "))
    whole = [word for word in re.split("[ \u200b-]", shown) if not _BREAKS_INSIDE.search(word)]
    return Line(
        text=shown,
        lang=language.split("-")[0].lower() or "en",
        tall=bool(_STACKS.search(text)),
        rtl=reads_right_to_left(text),
        word=max(whole, key=len, default=""),
        font=fonts.han_form(language),
        missing=missing,
    )


def reads_right_to_left(text: str) -> bool:
    """Whether the first letter that has a direction says so (Unicode bidirectional algorithm, P2 and P3)."""
    directions = (unicodedata.bidirectional(character) for character in text)
    return next((direction != "L" for direction in directions if direction in {"L", "R", "AL"}), False)


def _lacks(character: str) -> bool:
    """Joiners and variation selectors shape their neighbours and are never drawn themselves."""
    drawn = unicodedata.category(character) != "Cf" and not "\ufe00" <= character <= "\ufe0f"
    return drawn and not fonts.has_glyph(character)


def _breakable(word: str) -> str:
    if len(word) <= _LONGEST_WHOLE or _BREAKS_INSIDE.search(word):
        return word
    return "\u200b".join(word[start : start + _LONGEST_WHOLE] for start in range(0, len(word), _LONGEST_WHOLE))


def _guessed(text: str) -> str:
    return "ja" if _KANA.search(text) else "ko" if _HANGUL.search(text) else ""
