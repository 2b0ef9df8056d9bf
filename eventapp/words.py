"""Words for people: what a person reads passes through here, so that it can be translated."""

from flask_babel import LazyString as Unread
from flask_babel import get_locale, gettext
from flask_babel import ngettext as plural
from markupsafe import escape

__all__ = ["LazyString", "OurWords", "_", "_l", "language", "ngettext"]


class LazyString(Unread):
    """Words that find their language when they are read. On a page they are text: a meeting may have written them."""

    def __html__(self) -> str:
        return str(escape(str(self)))


def _(message: str, /, **values: object) -> str:
    """Return the message in the reader's language, its %(name)s filled in."""
    return str(gettext(message, **values))


def _l(message: str, /, **values: object) -> LazyString:
    """Return words that find their language when they are read, for what is written at import."""
    return LazyString(gettext, message, **values)


def ngettext(one: str, many: str, num: int, /, **values: object) -> str:
    """Return the message that suits the number, in the reader's language."""
    return str(plural(one, many, num, **values))


def language() -> str:
    """Return the reader's language as a code such as "fr"; English where nobody reads yet."""
    return str(get_locale() or "en")


class OurWords:
    """What the library of forms says by itself, as we say it."""

    def gettext(self, sentence: str) -> str:
        """The sentence to show for one of theirs."""
        if "hoice" in sentence:
            return _("Choose among those offered.")
        if "date" in sentence:
            return _("Write the day as year-month-day: 2018-01-31.")
        if "integer" in sentence:
            return _("Write a whole number, in figures.")
        return sentence

    def ngettext(self, one: str, _many: str, _count: int) -> str:
        """The same for one that is about a number of things."""
        return self.gettext(one)
