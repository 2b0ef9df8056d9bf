"""An organizer asks many people by email with one press: some at a time, so that nobody waits for it."""

from collections.abc import Callable

from flask import flash

from eventapp.ground.db import transaction
from eventapp.ground.text.i18n import _, ngettext

ONE_PRESS = 300  # emails
AT_ONCE = 50  # in one transaction: composing them takes some 100 ms


def ask_many(ask: Callable[[int], int]) -> None:
    """Let `ask` write to so many people at most and return how many it wrote to, until nobody is left or it is enough.

    The next page says how many emails leave, or that nobody is to be asked now.
    """
    count, left = 0, True
    while left and count < ONE_PRESS:
        with transaction():
            written = ask(AT_ONCE)
        count, left = count + written, written == AT_ONCE
    flash(
        ngettext("%(num)s email is on its way.", "%(num)s emails are on their way.", count)
        if count
        else _("Nobody was written to: each of them has answered, or was asked within a day."),
        "ok" if count else "off",
    )
