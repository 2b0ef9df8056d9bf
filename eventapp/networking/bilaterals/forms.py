"""A request to meet, another time, and why not."""

from collections.abc import Sequence

from wtforms import RadioField
from wtforms.fields import SelectChoice

from eventapp.ground.text.dates import clock
from eventapp.ground.text.i18n import _, _l
from eventapp.ground.web.forms import Form, Text, Typed
from eventapp.networking.bilaterals.models import LONGEST_WORDS, BilateralSlot


class TimeForm(Form):
    """A slot of those that are free for both."""

    slot = RadioField(_l("When"), validate_choice=False)

    def __init__(self, typed: Typed, slots: Sequence[BilateralSlot] = ()) -> None:
        super().__init__(typed)
        self.slot.choices = [SelectChoice(str(one.id), label_of(one)) for one in slots]


class AskForm(TimeForm):
    """What about, and when; a time may be left open."""

    words = Text(
        _l("What about"),
        required=_l("Write in a sentence or two what you want to talk about."),
        most=LONGEST_WORDS,
    )

    def __init__(self, typed: Typed, slots: Sequence[BilateralSlot] = ()) -> None:
        super().__init__(typed, slots)
        self.slot.choices = [SelectChoice("", _("Without a time yet")), *self.slot.choices]


class ReasonForm(Form):
    """Why not, in one's own words or none."""

    reason = Text(_l("Reason"), most=LONGEST_WORDS)


def label_of(slot: BilateralSlot) -> str:
    """When on its day, and where."""
    starts, ends = (clock(one, slot.wall_zone) for one in (slot.starts_at, slot.ends_at))
    return f"{starts}–{ends} · {slot.place}"
