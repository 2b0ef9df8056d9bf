"""What every page stands on: its language, its files, its icons and the words for days and times."""

import unicodedata
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

from flask import Flask, Response, current_app, g, request, url_for
from flask_babel import Babel, get_locale

from eventapp import answers, dates

LANGUAGES = {"en": "English", "fr": "Français", "ar": "العربية"}
RIGHT_TO_LEFT = ("ar", "fa", "ur", "he", "dv", "ps", "ckb", "syc")
YEAR = 365 * 24 * 60 * 60
# The language of a name is guessed from the script of its first letter: enough for a reader and for a font.
SCRIPTS = {
    "THAI": "th", "ARABIC": "ar", "HIRAGANA": "ja", "KATAKANA": "ja", "HANGUL": "ko", "CJK": "zh", "CYRILLIC": "ru",
    "DEVANAGARI": "hi", "BENGALI": "bn", "TAMIL": "ta", "TELUGU": "te", "KANNADA": "kn", "MALAYALAM": "ml",
    "GUJARATI": "gu", "GURMUKHI": "pa", "ORIYA": "or", "SINHALA": "si", "LAO": "lo", "KHMER": "km", "MYANMAR": "my",
    "TIBETAN": "dz", "GEORGIAN": "ka", "ARMENIAN": "hy", "HEBREW": "he", "THAANA": "dv", "MONGOLIAN": "mn",
    "ETHIOPIC": "am", "GREEK": "el",
}  # fmt: skip


class Script(NamedTuple):
    """How a text is to be marked up: its language where we can tell (else ''), and its direction."""

    lang: str
    dir: str


class Pages:
    """Makes the pages of the application; one of its extensions."""

    def init_app(self, app: Flask) -> None:
        Babel(app, locale_selector=chosen_language)
        app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
        app.jinja_env.filters.update(
            day=dates.day, weekday=dates.weekday, clock=dates.clock, when=dates.when, moment=dates.moment
        )
        app.jinja_env.globals.update(
            asset=asset, address=address, drawn=drawn, icons_drawn=icons_drawn, untold=untold,
            days=dates.days, zone_label=dates.zone_label, local=dates.local,
            name_language=name_language, page_language=page_language, languages=languages,
        )  # fmt: skip
        app.after_request(label)
        answers.init_app(app)


def chosen_language() -> str:
    """The language of this answer: asked for in the address, else remembered, else the browser's first that we speak."""
    for wish in (request.args.get("language"), request.cookies.get("language")):
        if wish in LANGUAGES:
            return str(wish)
    return request.accept_languages.best_match(list(LANGUAGES), "en") or "en"


def page_language() -> Script:
    """The language and direction of the page itself."""
    code = str(get_locale() or "en")
    return Script(code, "rtl" if code in RIGHT_TO_LEFT else "ltr")


def languages() -> list[tuple[str, str, str]]:
    """Every language as (code, its own name, address of this page in it); none where the page answers a form."""
    if request.method not in ("GET", "HEAD") or not request.endpoint:
        return []
    here = request.args.to_dict(flat=False)
    return [(code, name, here_with(here, code)) for code, name in LANGUAGES.items()]


def here_with(here: dict[str, list[str]], code: str) -> str:
    values: dict[str, Any] = {**here, **(request.view_args or {}), "language": code}
    return url_for(str(request.endpoint), **values)


def label(response: Response) -> Response:
    """Say which language a page is in, remember a chosen one, and let named files be kept for a year."""
    if request.endpoint == "static":
        keep(response, named="v" in request.args)
    if response.mimetype == "text/html":
        response.content_language.add(chosen_language())
        response.vary.update(["Accept-Language", "Cookie"])
        if request.args.get("language") in LANGUAGES:
            response.set_cookie(
                "language", chosen_language(), max_age=YEAR, samesite="Lax", httponly=True, secure=request.is_secure
            )
    return response


def keep(response: Response, *, named: bool) -> None:
    """A file asked for by its fingerprint is kept for a year; any other is asked about again."""
    control = response.cache_control
    control.public, control.no_cache = True, None if named else True
    control.max_age, control.immutable = (YEAR, True) if named else (None, None)


def asset(path: str) -> str:
    """Address of a static file that changes when the file does, so that browsers may keep it."""
    file = Path(str(current_app.static_folder)) / path
    return url_for("static", filename=path, v=fingerprint(file, file.stat().st_mtime_ns))


@lru_cache(maxsize=1024)
def fingerprint(file: Path, _changed: int) -> str:
    return blake2b(file.read_bytes(), digest_size=6).hexdigest()


def address(endpoint: str, **values: Any) -> str | None:
    """Address of a page where this application has it, else None: a tab for a feature that is not there is not shown."""
    return url_for(endpoint, **values) if endpoint in current_app.view_functions else None


def drawn(name: str) -> str:
    """Note that this page uses the icon, so that the layout prints its symbol once."""
    g.setdefault("icons", set()).add(name)
    return name


def icons_drawn() -> list[str]:
    return sorted(g.get("icons", ()))


def untold(form: Any) -> bool:
    """Whether the faults of this form have not been listed on the page yet; asking once is telling."""
    told = g.setdefault("told", set())
    fresh = id(form) not in told
    told.add(id(form))
    return fresh


def name_language(text: str) -> Script:
    """Language and direction of a name, guessed from the script of its first letter; Latin script says nothing."""
    for character in text:
        if unicodedata.category(character).startswith("L"):
            code = SCRIPTS.get(unicodedata.name(character, "").split()[0].removesuffix("-A"), "")
            return Script(code, "rtl" if code in RIGHT_TO_LEFT else "ltr")
    return Script("", "auto")


pages = Pages()
