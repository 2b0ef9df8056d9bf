"""Slots as an organizer opens them."""

from datetime import time

from wtforms import Field
from wtforms.validators import InputRequired, StopValidation, ValidationError

from eventapp.ground.text.i18n import _, _l
from eventapp.ground.web.forms import Form, Text, WholeNumber
from eventapp.ground.web.typed_fields import Clock, TypedDay
from eventapp.meetings.local_time import day
from eventapp.networking.slots.actions import Opening

LONGEST_PLACE, MOST_PLACES = 120, 50


class OpeningForm(Form):
    """Places, a day, from when to when, and how long one meeting is."""

    places = Text(_l("Places, one a line"), required=_l("Write where people meet."), most=6000)
    day = TypedDay(_l("Day"), [InputRequired(_l("Choose a day."))])
    starts = Clock(_l("From"), required=_l("Write a time."))
    ends = Clock(_l("Until"), required=_l("Write a time."))
    minutes = WholeNumber(_l("Minutes of one meeting"), required=_l("Write how many minutes."))

    def validate_places(self, field: Field) -> None:
        """As many as fit a page, each a line."""
        if any(len(one) > LONGEST_PLACE for one in self.named):
            raise ValidationError(_("Write %(most)s characters a place at most.", most=LONGEST_PLACE))
        if len(self.named) > MOST_PLACES:
            raise ValidationError(_("Write %(most)s places at most.", most=MOST_PLACES))

    def validate_day(self, field: Field) -> None:
        """What is no day is said once."""
        if field.process_errors:
            raise StopValidation

    @property
    def named(self) -> list[str]:
        """The places that were typed, each once."""
        return list(dict.fromkeys(one.strip() for one in (self.places.data or "").splitlines() if one.strip()))

    def opening(self) -> Opening:
        """What was typed, once it is sound."""
        starts, ends = (time.fromisoformat(one.data) for one in (self.starts, self.ends))
        return Opening(self.named, day(self.day.data), starts, ends, int(self.minutes.data or 0))
