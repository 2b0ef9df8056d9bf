"""What can be chosen where there is too little time: for a session that no longer fits, and against what is fixed."""

from collections.abc import Mapping
from datetime import datetime

from eventapp.ground.text.i18n import _, ngettext
from eventapp.live.late.queries import Late
from eventapp.live.late.rule import Delay, Outcome

KEEP, CANCEL, AFTER = "keep", "cancel", "after"  # what becomes of a session that no longer fits


def no_time(delay: Delay, minutes: int) -> str:
    """Why so much time is not there, and how much is."""
    there, code = max(minutes - int(delay.missing.total_seconds() // 60), 0), delay.blocked_by
    is_under_way = delay.blocking is not None and delay.blocking.is_under_way
    if there and is_under_way:
        return ngettext(
            "%(code)s has begun already. It leaves %(num)s minute at most.",
            "%(code)s has begun already. It leaves %(num)s minutes at most.",
            there,
            code=code,
        )
    if there:
        return ngettext(
            "%(code)s is fixed. It leaves %(num)s minute at most.",
            "%(code)s is fixed. It leaves %(num)s minutes at most.",
            there,
            code=code,
        )
    if is_under_way:
        return _("%(code)s has begun already and follows at once: there is no time to give.", code=code)
    return _("%(code)s is fixed and follows at once: there is no time to give.", code=code)


def choice_of(outcome: Outcome, late: Late, choices: Mapping[str, str]) -> str:
    """What becomes of a session that no longer fits; '' while nobody chose what can be chosen."""
    chosen = choices.get(outcome.item.code, "")
    return chosen if chosen in choices_for(outcome, late) else ""


def choices_for(outcome: Outcome, late: Late) -> list[str]:
    """What can be chosen for it: the end of the day in its room, where that is still the same day."""
    starts_at = end_of(outcome, late)
    tz = late.session.meeting.tz
    is_same_day = (starts_at + outcome.item.length).astimezone(tz).date() == outcome.item.starts_at.astimezone(
        tz
    ).date()
    return [AFTER, CANCEL, KEEP] if is_same_day else [CANCEL, KEEP]


def end_of(outcome: Outcome, late: Late) -> datetime:
    """When the last session of its room is over."""
    room = outcome.item.room
    others = [one for one in late.delay.outcomes if one.item.room == room and one.fits]
    return max([outcome.item.ends_at, *(one.ends_at for one in others)])
