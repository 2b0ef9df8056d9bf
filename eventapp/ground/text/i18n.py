"""Words for people: what a person reads passes through here, so that it can be translated."""

from gettext import NullTranslations

from babel import Locale
from flask_babel import LazyString as Unread
from flask_babel import get_locale, get_translations, gettext
from jinja2 import Environment
from markupsafe import escape

__all__ = ["LazyString", "_", "_l", "language", "ngettext"]


class LazyString(Unread):
    """Words that find their language when they are read. On a page they are text: a meeting may have written them."""

    def __html__(self) -> str:
        return str(escape(str(self)))


def _(message: str, /, **values: object) -> str:
    """Return the message in the reader's language, its %(name)s filled in."""
    words = catalogue().gettext(message)
    return words % values if values else words


def _l(message: str, /, **values: object) -> LazyString:
    """Return words that find their language when they are read, for what is written at import."""
    return LazyString(gettext, message, **values)


def ngettext(one: str, many: str, num: int, /, **values: object) -> str:
    """Return the message that suits the number, in the reader's language."""
    return catalogue().ngettext(one, many, num) % {"num": num, **values}


def language() -> str:
    """Return the reader's language as a code such as "fr"; English where nobody reads yet."""
    locale = get_locale()
    if locale is None:
        return "en"
    if locale not in CODES:
        CODES[locale] = str(locale)
    return CODES[locale]


CODES: dict[Locale, str] = {}
CATALOGUES: dict[Locale, NullTranslations] = {}


def catalogue() -> NullTranslations:
    """Return the words of the reader's language, found once: a page asks for them up to a hundred times."""
    locale = get_locale()
    if locale is None:
        return NullTranslations()
    if locale not in CATALOGUES:
        CATALOGUES[locale] = get_translations()
    return CATALOGUES[locale]


def install(environment: Environment) -> None:
    """Have templates look their words up in that catalogue."""
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=lambda message: catalogue().gettext(message),
        ngettext=lambda one, many, num: catalogue().ngettext(one, many, num),
        newstyle=True,
    )
