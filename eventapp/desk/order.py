"""The place that the form beside a row of an ordered list asks for (templates/_parts/order.html)."""

from flask import request

from eventapp.ground.text.policy import figure


def place_asked(now: int) -> int:
    """The place the row is to have, the first is 1: the one that is named, or one up or down from where it is now."""
    step = {"up": now - 1, "down": now + 1}
    return max(1, step.get(request.form.get("act", ""), figure(request.form.get("place"), now)))
