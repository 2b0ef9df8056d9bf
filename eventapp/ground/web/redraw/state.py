"""Whether a form is only to be shown in another language, and what its page says of it."""

from urllib.parse import urlsplit

from flask import g, has_request_context, request

from eventapp.ground.text.i18n import language
from eventapp.ground.text.languages import LANGUAGES


class OnlyRedrawn(Exception):  # noqa: N818 -- nothing is wrong: it leads to the page
    """Something was about to be done with a form that is only to be shown again."""


def only_redraws() -> bool:
    """Whether what was sent is only to be shown in another language."""
    return has_request_context() and "redraw_language" in g


def refuse_to_act() -> None:
    """Raise where nothing is to be done."""
    if only_redraws():
        raise OnlyRedrawn


def taken_along(to: str) -> str:
    """Whether the form that is sent there can be shown in another language: "first" is the one the head leads to.

    It is the first of a page, others are "more"; on a page that answers a form no other goes along: "".
    """
    if request.method == "POST" and urlsplit(to).path != request.path:
        return ""
    place = "more" if "taken_along" in g else "first"
    g.taken_along = to
    return place


def draw_again() -> str:
    """In a template: forget which form that was, for the page is drawn once more."""
    g.pop("taken_along", None)
    return ""


def other_languages() -> list[tuple[str, str]]:
    """The languages that a page may be shown in but its own, each with its own name for itself."""
    return [(code, name) for code, name in LANGUAGES.items() if code != language()]
