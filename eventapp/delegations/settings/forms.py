"""What an organizer types about deadlines of delegations."""

from datetime import datetime
from zoneinfo import ZoneInfo

from wtforms import BooleanField, Field
from wtforms.validators import ValidationError

from eventapp.delegations.settings.actions import Rules
from eventapp.ground.text.i18n import _, _l
from eventapp.ground.web.editing.both_versions import Seen, mark_of
from eventapp.ground.web.forms import Typed
from eventapp.ground.web.typed_fields import Moment
from eventapp.meetings.local_time import NotAMoment, typed_moment, words_of
from eventapp.registration.models import DelegationRules


class RulesForm(Seen):
    """The deadlines, and whether those who register by themselves wait."""

    nominations_close_at = Moment(_l("Nominations close"))
    confirmations_close_at = Moment(_l("Nominated people confirm until"))
    waits_for_focal_point = BooleanField(_l("Who registers without being nominated waits for the focal point"))

    def __init__(self, typed: Typed, zone: ZoneInfo, **values: object) -> None:
        super().__init__(typed, **values)
        self.zone = zone

    @classmethod
    def of(cls, rules: DelegationRules, zone: ZoneInfo) -> "RulesForm":
        """The form with what is asked now."""
        values: dict[str, object] = {"waits_for_focal_point": rules.waits_for_focal_point}
        for name in ("nominations_close_at", "confirmations_close_at"):
            found = getattr(rules, name)
            values[name] = words_of(found, zone) if found else ""
        form = cls(None, zone, **values)
        form.seen.data = mark_of(form)
        return form

    def validate_nominations_close_at(self, field: Field) -> None:
        self.moment(field)

    def validate_confirmations_close_at(self, field: Field) -> None:
        """Nobody could confirm a nomination that comes after the last day to confirm."""
        ends = self.moment(field)
        try:
            last = self.moment(self.nominations_close_at)
        except ValidationError:
            return  # its own field says so
        if ends is not None and last is not None and ends < last:
            raise ValidationError(_("This is before nominations close. Write a later time."))

    def moment(self, field: Field) -> datetime | None:
        """The moment that was typed; None for nothing."""
        try:
            return typed_moment(field.data, self.zone) if field.data else None
        except NotAMoment as fault:
            raise ValidationError(str(fault)) from None

    def rules(self) -> Rules:
        """What was typed, once it is sound."""
        return Rules(
            self.moment(self.nominations_close_at),
            self.moment(self.confirmations_close_at),
            bool(self.waits_for_focal_point.data),
        )
