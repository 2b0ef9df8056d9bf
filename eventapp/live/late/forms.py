"""By how much a session runs late, and what that does to others, as it was chosen."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from wtforms import Field, HiddenField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from eventapp.agenda.models import Session
from eventapp.ground.text.i18n import _, _l
from eventapp.ground.text.policy import figure
from eventapp.ground.web.forms import Form
from eventapp.ground.web.typed_fields import Clock
from eventapp.live.checking.forms import EACH, NOBODY, recipients_to_choose
from eventapp.live.late.actions import LONGEST, Press
from eventapp.meetings.local_time import NotAMoment, moment_of

STEPS = ("5", "10", "15")
UNTIL = "until"
HERE, EVERYWHERE = "room", "all"
CHOICE = "fit-"


class LateForm(Form):
    """What is asked of the preview: `by` is a number of minutes, or "until" a time."""

    by = HiddenField()
    until = Clock(_l("Until"))
    scope = RadioField(
        _l("What follows"),
        choices=[SelectChoice(HERE, _l("In this room")), SelectChoice(EVERYWHERE, _l("In every room"))],
        default=HERE,
    )
    tell = RadioField(_l("Letters"), default=EACH)
    seen = HiddenField()

    def __init__(self, session: Session, *args: object, **more: object) -> None:
        super().__init__(*args, **more)
        self.session = session
        self.tell.choices = recipients_to_choose(session.meeting)

    @property
    def everywhere(self) -> bool:
        return bool(self.scope.data == EVERYWHERE)

    @property
    def minutes(self) -> int:
        """By how many minutes, once the form is sound."""
        if self.by.data != UNTIL:
            return figure(self.by.data)
        return int((self.moment() - self.session.ends_at).total_seconds() // 60)

    def moment(self) -> datetime:
        """The moment that was typed: the next one with that time after the planned end."""
        tz = self.session.meeting.tz
        ends_at = self.session.ends_at.astimezone(tz)
        found = moment_of(f"{ends_at.date().isoformat()} {self.until.data}", tz)
        again = found.astimezone(tz).replace(fold=1).astimezone(UTC)  # the second one of an hour that comes twice
        return next((one for one in (found, again) if one > self.session.ends_at), found + timedelta(days=1))

    def validate(self, extra_validators: object = None) -> bool:
        """Whether the form is sound; "until" needs its time, and a field that may be empty is not asked by itself."""
        sound = bool(super().validate(extra_validators))
        if self.by.data == UNTIL and not self.until.data and not self.until.errors:
            self.until.errors = [_("Write until when, such as 15:05.")]
            return False
        return sound

    def validate_by(self, field: Field) -> None:
        """So many minutes as may be chosen."""
        if field.data != UNTIL and not 0 < figure(field.data) <= LONGEST:
            raise ValidationError(_("Choose from 1 to %(most)s minutes.", most=LONGEST))

    def validate_until(self, field: Field) -> None:
        """A time after the planned end, and not the next morning."""
        if self.by.data != UNTIL:
            return
        try:
            late = self.moment() - self.session.ends_at
        except NotAMoment as fault:
            raise ValidationError(str(fault)) from None
        if late > timedelta(minutes=LONGEST):
            raise ValidationError(
                _("Write a time after its planned end, at most %(most)s minutes later.", most=LONGEST)
            )

    def press(self, typed: Mapping[str, str]) -> Press:
        """What was decided, once the form is sound."""
        choices = {name.removeprefix(CHOICE): value for name, value in typed.items() if name.startswith(CHOICE)}
        return Press(self.minutes, self.seen.data or "", self.everywhere, self.tell.data != NOBODY, choices)
