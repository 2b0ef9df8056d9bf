"""The fonts badges are set in: those that come with the project's packages, never the machine's own choice.

`manimgx-fonts` and `manimgx-fonts-cjk` cover what the region writes, but for Tibetan script (Dzongkha). Noto Serif
Tibetan comes with the npm packages, or from Debian; without it its characters are reported, and the batch prints.
"""

import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import manimgx_fonts
import manimgx_fonts_cjk

_ROOT = Path(__file__).parents[3]
_SCRIPTS = Path(manimgx_fonts.__file__).parent
_HAN = Path(manimgx_fonts_cjk.__file__).parent
_TIBETAN = (
    _ROOT / "node_modules/@expo-google-fonts/noto-serif-tibetan",
    Path("/usr/share/fonts/truetype/noto"),
)

SERIF = "Libertinus Serif"  # the compositor carries it; Latin, Greek and Cyrillic
_FAMILIES = (
    "Noto Sans",
    "Noto Serif Tibetan",
    *(
        f"Noto Sans {script}"
        for script in (
            *("Thai", "Lao", "Khmer", "Myanmar", "Devanagari", "Bengali", "Tamil", "Malayalam", "Telugu", "Kannada"),
            *("Sinhala", "Gujarati", "Gurmukhi", "Oriya", "Arabic", "Hebrew", "Georgian", "Armenian", "Ethiopic"),
        )
    ),
)
_HAN_FORMS = {"ja": "JP", "ko": "KR", "zh-hant": "TC", "zh-tw": "TC", "zh-hk": "HK", "zh-mo": "HK"}
FORMS = ("SC", "TC", "HK", "JP", "KR")


def han_form(language: str) -> str:
    """The form that Han characters take in this language; the simplified one where it does not say."""
    return _HAN_FORMS.get(language.lower(), "SC")


def families(form: str) -> list[str]:
    """The faces to try in turn, with Han characters in this form."""
    return [*_FAMILIES, f"Noto Sans CJK {form}", "Noto Sans Symbols", "Noto Emoji"]


def folders() -> list[str]:
    """Where the fonts are."""
    return [str(place) for place in (_SCRIPTS, _HAN, _tibetan()) if place]


def has_glyph(character: str) -> bool:
    """Whether any of the fonts has this character."""
    place, mark = ord(character) // 8, 1 << ord(character) % 8
    return bool((_scripts()[place] | _han()[place]) & mark)


@cache
def _scripts() -> bytes:
    tibetan = _tibetan()
    return _characters([*_SCRIPTS.rglob("*.ttf"), *(tibetan.rglob("NotoSerifTibetan*.ttf") if tibetan else ())])


@cache
def _han() -> bytes:
    return _characters(_HAN.rglob("*.tt[cf]"))


def _characters(files: Iterable[Path]) -> bytes:
    """A bit for each character that one of these has: the process keeps them, and bytes would be a megabyte."""
    from uharfbuzz import Blob, Face  # it reads the tables where they lie; a reader in Python took a sixth of a second

    marks = bytearray(sys.maxunicode // 8 + 1)
    for file in files:
        for character in Face(Blob.from_file_path(file)).unicodes:
            marks[character // 8] |= 1 << character % 8
    return bytes(marks)


def _tibetan() -> Path | None:
    """The first place that has the Tibetan face: one is enough."""
    return next((place for place in _TIBETAN if any(place.rglob("NotoSerifTibetan*.ttf"))), None)
