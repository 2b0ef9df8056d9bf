"""Languages by their names. A note may be in the six of the United Nations, and those most heard in the region."""

import unicodedata
from collections import Counter
from collections.abc import Collection
from functools import cache

from babel import Locale

from eventapp.ground.text.i18n import language
from eventapp.ground.text.languages import LANGUAGES, language_named
from eventapp.ground.text.policy import search_key

TONGUES = {
    "en": "English",
    "fr": "Français",
    "es": "Español",
    "ru": "Русский",
    "zh": "中文",
    "ar": "العربية",
    "th": "ไทย",
    "ja": "日本語",
    "ko": "한국어",
    "hi": "हिन्दी",
    "bn": "বাংলা",
    "ur": "اردو",
    "fa": "فارسی",
    "id": "Bahasa Indonesia",
    "ms": "Bahasa Melayu",
    "vi": "Tiếng Việt",
    "km": "ខ្មែរ",
    "lo": "ລາວ",
    "my": "မြန်မာ",
    "mn": "Монгол",
    "ne": "नेपाली",
    "si": "සිංහල",
    "ta": "தமிழ்",
    "dz": "རྫོང་ཁ",
    "tr": "Türkçe",
    "pt": "Português",
}

# Scripts by the first word of the names of their letters, and what is written in them, the likeliest first. Latin is
# left out: nearly everything is written in it by somebody.
SCRIPTS = {
    "ARABIC": ("ar", "fa", "ur"),
    "BENGALI": ("bn",),
    "CJK": ("zh", "ja"),
    "CYRILLIC": ("ru", "mn"),
    "DEVANAGARI": ("hi", "ne"),
    "HANGUL": ("ko",),
    "HIRAGANA": ("ja",),
    "KHMER": ("km",),
    "LAO": ("lo",),
    "MONGOLIAN": ("mn",),
    "MYANMAR": ("my",),
    "SINHALA": ("si",),
    "TAMIL": ("ta",),
    "THAI": ("th",),
    "TIBETAN": ("dz",),
}


def script_of(text: str) -> str:
    """The script that most letters of this text are of, as SCRIPTS has it; "LATIN", or '' where there are none."""
    letters = _letters(text)
    script, many = next(iter(letters.most_common(1)), ("", 0))
    return script if many * 2 > letters.total() else ""


def _letters(text: str) -> Counter[str]:
    """How many letters of each script there are."""
    if text.isascii():
        return Counter(LATIN=sum(map(str.isalpha, text)))
    letters = Counter[str]()
    for one, many in Counter(text).items():
        if one.isalpha():
            letters[_script(one)] += many
    if letters["HIRAGANA"] or letters["KATAKANA"]:  # Japanese mixes three
        letters["HIRAGANA"] += letters.pop("KATAKANA", 0) + letters.pop("CJK", 0)
    return letters


@cache
def _script(letter: str) -> str:
    return unicodedata.name(letter, "").split(" ")[0]


def language_called(words: str) -> str | None:
    """The code of the language with this name: its own, the reader's, in a language of the product; or the code."""
    wanted = search_key(words)
    for code, own in TONGUES.items():
        if wanted in (code, search_key(own), search_key(language_named(code))):
            return code
    for reader in dict.fromkeys((language(), *LANGUAGES)):
        names = Locale.parse(reader).languages
        found = next((code for code, name in names.items() if wanted in (code, search_key(name))), None)
        if found is not None:
            return str(found).replace("_", "-")
    return None


def offered(taken: Collection[str]) -> list[tuple[str, str]]:
    """The languages to choose from, as the reader's name of each and its own; any other may be typed."""
    pairs = [(language_named(code), own) for code, own in TONGUES.items() if code not in taken]
    return sorted(pairs, key=lambda pair: search_key(pair[0]))
