"""Which changes of the draft are made public at once, and who is told."""

from wtforms import HiddenField, RadioField, SelectMultipleField
from wtforms.validators import ValidationError

from eventapp.ground.text.i18n import _, _l
from eventapp.ground.web.forms import Form
from eventapp.live.checking.forms import EACH, recipients_to_choose
from eventapp.meetings.models import Meeting


class MovesForm(Form):
    """The sessions by their codes; `seen` is how the draft stood."""

    code = SelectMultipleField(_l("Sessions"), validate_choice=False)
    tell = RadioField(_l("Letters"), default=EACH)
    seen = HiddenField()

    def __init__(self, meeting: Meeting, *args: object, **more: object) -> None:
        super().__init__(*args, **more)
        self.tell.choices = recipients_to_choose(meeting)

    def validate_code(self, field: SelectMultipleField) -> None:
        """At least one is chosen."""
        if not field.data:
            raise ValidationError(_("Choose at least one session."))
