"""The language of a page, and the language of a name that stands on it."""

import unicodedata
from functools import cache, lru_cache
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit

from babel import Locale, UnknownLocaleError
from flask import current_app, g, has_request_context, request, url_for
from werkzeug.datastructures import LanguageAccept
from werkzeug.exceptions import HTTPException
from werkzeug.http import parse_accept_header

from eventapp.ground.text.i18n import language

LANGUAGES = {"en": "English", "fr": "Français", "ar": "العربية"}
RIGHT_TO_LEFT = ("ar", "fa", "ur", "he", "dv", "ps", "ckb", "syc")
# The language of a name is guessed from the script of its first letter: enough for a reader and for a font.
SCRIPTS = {
    "THAI": "th",
    "ARABIC": "ar",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "HANGUL": "ko",
    "CJK": "zh",
    "CYRILLIC": "ru",
    "DEVANAGARI": "hi",
    "BENGALI": "bn",
    "TAMIL": "ta",
    "TELUGU": "te",
    "KANNADA": "kn",
    "MALAYALAM": "ml",
    "GUJARATI": "gu",
    "GURMUKHI": "pa",
    "ORIYA": "or",
    "SINHALA": "si",
    "LAO": "lo",
    "KHMER": "km",
    "MYANMAR": "my",
    "TIBETAN": "dz",
    "GEORGIAN": "ka",
    "ARMENIAN": "hy",
    "HEBREW": "he",
    "THAANA": "dv",
    "MONGOLIAN": "mn",
    "ETHIOPIC": "am",
    "GREEK": "el",
}


class Script(NamedTuple):
    """How a text is to be marked up: its language where we can tell (else ''), and its direction."""

    lang: str
    dir: str


def chosen_language() -> str:
    """The language of this answer: of the address, else remembered, else of the browser; English for a command."""
    if not has_request_context():
        return "en"
    if "redraw_language" in g:  # a form is only to be shown in another one (web/redraw)
        return str(g.redraw_language)
    for choice in (request.args.get("language"), request.cookies.get("language")):
        if choice in LANGUAGES:
            return str(choice)
    return of_browser(request.headers.get("Accept-Language", ""))


def chosen_locale() -> Locale:
    """That language as Babel knows it."""
    return locale_of(chosen_language())


@cache
def locale_of(code: str) -> Locale:
    return Locale.parse(code)


@lru_cache(maxsize=512)
def of_browser(accepted: str) -> str:
    """The language for this header; remembered, for the browsers of the world send few different ones."""
    return preferred(parse_accept_header(accepted, LanguageAccept))


def preferred(accepted: LanguageAccept) -> str:
    """The first language of a browser that we speak, whatever its region: fr-CH, en;q=0.5 is French."""
    wishes = (tag.partition("-")[0].lower() for tag, quality in accepted if quality > 0)
    return next((code for code in wishes if code in LANGUAGES), "en")


def writes_month_first() -> bool:
    """Whether whoever reads writes 10/18/2016: their browser asks for the English of the United States first."""
    return request.accept_languages.best == "en-US" if has_request_context() else False


def page_language() -> Script:
    """The language and direction of the page itself."""
    code = language()
    return Script(code, "rtl" if code in RIGHT_TO_LEFT else "ltr")


def languages() -> list[tuple[str, str, str]]:
    """Every language as (code, its own name, address of this page in it).

    Where the page answers a form it is the address of the page that the form stands on; none where that is not known.
    """
    if not request.endpoint:
        return []
    if request.method not in ("GET", "HEAD"):
        return [(code, name, way) for code, name in LANGUAGES.items() if (way := form_page_in(code))]
    asked = request.args.to_dict(flat=False)
    here = {name: values for name, values in asked.items() if not name.startswith("_") and name != "endpoint"}
    return [(code, name, here_with(here, code)) for code, name in LANGUAGES.items()]


def form_page_in(code: str) -> str:
    """The page in this language that a form was sent from: what the same address shows, else where it was sent from."""
    came = urlsplit(request.referrer or "")
    query = parse_qsl(urlsplit(request.url).query)
    if is_page(request.path):
        path = request.path
    elif came.netloc == request.host and is_page(came.path):
        path, query = came.path, parse_qsl(came.query)
    else:
        return ""
    asked = [(name, value) for name, value in query if name != "language"]
    return f"{path}?{urlencode([*asked, ('language', code)])}"


def is_page(path: str) -> bool:
    """Whether something can be read at this path."""
    try:
        current_app.url_map.bind(request.host).match(path, method="GET")
    except HTTPException:
        return False
    return True


def here_with(here: dict[str, list[str]], code: str) -> str:
    values: dict[str, Any] = {**here, **(request.view_args or {}), "language": code}  # for url_for
    return url_for(str(request.endpoint), **values)


def language_named(code: str) -> str:
    """What a language is called in the reader's; the code itself where nobody has named it."""
    try:
        return str(Locale.parse(code, sep="-").get_display_name(language()) or code)
    except (UnknownLocaleError, ValueError):
        return code


def name_language(text: str) -> Script:
    """Language and direction of a name, guessed from the script of its first letter; Latin script says nothing."""
    for character in text:
        if unicodedata.category(character).startswith("L"):
            code = SCRIPTS.get(unicodedata.name(character, "").split()[0].removesuffix("-A"), "")
            return Script(code, "rtl" if code in RIGHT_TO_LEFT else "ltr")
    return Script("", "auto")
