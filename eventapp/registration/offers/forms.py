"""What an organizer types about the waiting list."""

from datetime import datetime
from typing import ClassVar

from wtforms import BooleanField, Field, HiddenField, RadioField
from wtforms.fields import SelectChoice
from wtforms.validators import ValidationError

from eventapp.ground.text.i18n import _, _l
from eventapp.ground.web.editing.both_versions import Seen, mark_of
from eventapp.ground.web.forms import Form, Line, Typed, WholeNumber
from eventapp.ground.web.typed_fields import Moment
from eventapp.meetings.local_time import NotAMoment, typed_moment, words_of
from eventapp.meetings.models import Meeting
from eventapp.registration.offers.models import MOST_HOURS, Offer
from eventapp.registration.offers.queries import goes_by_protocol, hours_to_answer

AT_ONCE, BY_OFFER = "at-once", "by-offer"
USUAL_HOURS = 48


class WaitingForm(Seen):
    """How a place that comes free is given."""

    WAYS: ClassVar = (
        SelectChoice(AT_ONCE, _l("The first in line has it at once")),
        SelectChoice(BY_OFFER, _l("It is offered to the first in line, who accepts or declines")),
    )
    way = RadioField(_l("A place that comes free"), choices=WAYS)
    hours = WholeNumber(_l("Hours to answer an offer"))
    by_protocol = BooleanField(_l("Types of participant in order of protocol first, then by time"))

    def validate_hours(self, field: Field) -> None:
        if field.data and field.data > MOST_HOURS:
            raise ValidationError(_("Write %(most)s hours at most.", most=MOST_HOURS))

    def validate(self, extra_validators: object = None) -> bool:
        """Whether a way was chosen, and the hours where one needs them."""
        sound = bool(super().validate())
        if sound and self.way.data == BY_OFFER and not self.hours.data:
            self.hours.errors = [_("Write how many hours the person has to answer.")]
            return False
        return sound

    @property
    def offer_hours(self) -> int | None:
        """What was typed: the hours to answer, None where a place is given at once."""
        return int(self.hours.data or 0) if self.way.data == BY_OFFER else None


def rules_form(meeting: Meeting) -> WaitingForm:
    """How a place that comes free is given now."""
    hours = hours_to_answer(meeting)
    way, by_protocol = AT_ONCE if hours is None else BY_OFFER, goes_by_protocol(meeting)
    form = WaitingForm(None, way=way, hours=hours or USUAL_HOURS, by_protocol=by_protocol)
    form.seen.data = mark_of(form)
    return form


class DeadlineForm(Form):
    """Until when an offer can be answered."""

    seen = HiddenField()  # the deadline that the page showed
    until = Moment(_l("New deadline"), required=_l("Write the new deadline."))

    def __init__(self, typed: Typed, offer: Offer) -> None:
        meeting = offer.registration.meeting
        super().__init__(typed, seen=offer.expires_at.isoformat(), until=words_of(offer.expires_at, meeting.tz))
        self.zone, self.moment = meeting.tz, offer.expires_at

    def validate_until(self, field: Field) -> None:
        """A moment after the deadline that stands."""
        try:
            self.moment = typed_moment(field.data, self.zone)
        except NotAMoment as fault:
            raise ValidationError(str(fault)) from None
        if self.moment <= (self.before or self.moment):
            raise ValidationError(_("Write a time after the deadline that stands."))

    @property
    def before(self) -> datetime | None:
        """The deadline that the page showed; None for what no page has sent."""
        return instant(self.seen.data)


def instant(words: str | None) -> datetime | None:
    """The moment that a page wrote down; None for anything else."""
    try:
        found = datetime.fromisoformat(words or "")
    except ValueError:
        return None
    return found if found.tzinfo else None


class MoveForm(Form):
    """Where somebody is to stand in line, and why."""

    position = WholeNumber(_l("New position"), required=_l("Write the new position."))
    reason = Line(_l("Reason"), required=_l("Write the reason: history keeps it."), most=500)

    def __init__(self, sent: Typed, waits: int) -> None:
        super().__init__(sent)
        self.waits = waits

    def validate_position(self, field: Field) -> None:
        if field.data and field.data > self.waits:
            raise ValidationError(_("Write a whole number from %(least)s to %(most)s.", least=1, most=self.waits))
