"""What an organizer is told after asking many people by email."""

from flask import flash

from eventapp.ground.text.i18n import _, ngettext


def tell_how_many(count: int) -> None:
    """Say on the next page how many emails leave, or that nobody is to be asked now."""
    flash(
        ngettext("%(num)s email is on its way.", "%(num)s emails are on their way.", count)
        if count
        else _("Nobody was written to: each of them has answered, or was asked within a day."),
        "ok" if count else "off",
    )
