"""The floor in words: how long somebody spoke, what was done last, what a note may say of them."""

from datetime import datetime, timedelta

from eventapp.floor.models import FloorAct, Statement
from eventapp.ground.text.i18n import _, _l

HOUR, MINUTE = 3600, 60
ORDER_WORDS = {"protocol": _l("By protocol"), "asked": _l("As they asked")}


def seconds_spoken(statement: Statement, at: datetime) -> int:
    """Whole seconds of this turn until that moment, without its pauses."""
    return max(0, int(statement.spoken_for(at).total_seconds()))


def spent(statement: Statement, at: datetime) -> str:
    """2:05, or 1:02:05 for a long one."""
    return in_minutes(timedelta(seconds=seconds_spoken(statement, at)))


def in_minutes(length: timedelta) -> str:
    """2:05 for minutes and seconds, 1:02:05 from an hour on."""
    total = int(length.total_seconds())
    hours, rest = divmod(total, HOUR)
    minutes, seconds = divmod(rest, MINUTE)
    return f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"


def act_words(act: FloorAct) -> str:
    """What taking this act back takes back."""
    name = act.statement.name if act.statement else ""
    words = {
        "ask": _("%(name)s asked for the floor", name=name),
        "start": _("%(name)s was given the floor", name=name),
        "pause": _("%(name)s was paused", name=name),
        "resume": _("%(name)s went on", name=name),
        "stop": _("%(name)s ended", name=name),
        "move": _("%(name)s was moved", name=name),
        "remove": _("%(name)s was taken off the list", name=name),
        "order": _("the order was chosen anew"),
    }
    return words.get(act.act, act.act)


def usual_ceiling_for(statement: Statement) -> str:
    """How a note of this speaker may usually be attributed: to the delegation, else to the category, else as usual."""
    if statement.organization or statement.category is None:
        return "organization"
    return "category"
