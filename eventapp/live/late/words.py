"""What the preview says of each session."""

from eventapp.ground.text.dates import clock
from eventapp.ground.text.i18n import _, ngettext
from eventapp.live.late.choices import AFTER, CANCEL, KEEP, choices_for, end_of
from eventapp.live.late.queries import Late
from eventapp.live.late.rule import END, FIXED, Outcome

TONES = {"longer": "wait", "later": "wait", "shorter": "wait", "holds": "ok", "off": "stop"}


def sign_of(outcome: Outcome) -> str:
    """What becomes of it, as a code."""
    if not outcome.fits:
        return "off"
    if not outcome.moves:
        return "holds"
    if outcome.starts_at == outcome.item.starts_at:
        return "longer" if outcome.lost.total_seconds() < 0 else "shorter"
    return "shorter" if outcome.lost else "later"


def says(outcome: Outcome) -> str:
    """The same in words, with how many minutes."""
    sign = sign_of(outcome)
    shorter, longer = (int(outcome.lost.total_seconds() // 60) * way for way in (1, -1))
    later = int((outcome.starts_at - outcome.item.starts_at).total_seconds() // 60)
    if sign == "shorter" and later:
        return _("%(later)s min later, %(shorter)s min shorter", later=later, shorter=shorter)
    words = {
        "off": lambda: _("No longer fits"),
        "holds": lambda: _("Holds"),
        "longer": lambda: ngettext("%(num)s minute longer", "%(num)s minutes longer", longer),
        "shorter": lambda: ngettext("%(num)s minute shorter", "%(num)s minutes shorter", shorter),
        "later": lambda: ngettext("%(num)s minute later", "%(num)s minutes later", later),
    }
    return words[sign]()


def why(outcome: Outcome) -> str:
    """The reason, where there is one to say."""
    item, least = outcome.item, int(outcome.item.least.total_seconds() // 60)
    if not outcome.fits:
        return ngettext("It needs %(num)s minute at least.", "It needs %(num)s minutes at least.", least)
    if outcome.only_here:
        return _("For this room alone: the other rooms take it as planned, and the agenda stays.")
    if outcome.moves:
        return _("This is the least it may have.") if outcome.lost and outcome.lost >= item.slack else ""
    if item.is_under_way:
        return _("It has begun already.")
    return {FIXED: _("Fixed"), END: _("Ends as planned at the latest")}.get(item.hold, "")


def offers(outcome: Outcome, late: Late) -> list[tuple[str, str]]:
    """What can be chosen for what no longer fits, as (code, words)."""
    words = {
        AFTER: _("At %(time)s, after the last session", time=clock(end_of(outcome, late), late.session.meeting.zone)),
        CANCEL: _("Cancel it"),
        KEEP: _("Leave it as planned: it overlaps"),
    }
    return [(code, words[code]) for code in choices_for(outcome, late)]
