"""The place that the form beside a row of an ordered list asks for (templates/_parts/order.html)."""

from collections.abc import Iterable

from flask import request

from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.ground.text.policy import figure
from eventapp.ground.web.editing.both_versions import mark_of_words


def place_asked(now: int) -> int:
    """The place the row is to have, the first is 1: the one that is named, or one up or down from where it is now."""
    step = {"up": now - 1, "down": now + 1}
    return max(1, step.get(request.form.get("act", ""), figure(request.form.get("place"), now)))


def mark_of_list(codes: Iterable[str]) -> str:
    """A mark that is another one where somebody has changed what this list has, or its order."""
    return mark_of_words((code, "") for code in codes)


def refuse_older_list(codes: Iterable[str]) -> None:
    """Refused where the button stood beside another list than the one there is now."""
    seen = request.form.get("seen")
    if seen and seen != mark_of_list(codes):  # a program that sends a form has no mark
        raise Refused(_("Somebody changed this list meanwhile. Look at it again, then press once more."))
