"""Which changes of the draft are made public at once, and who is told."""

from wtforms import HiddenField, RadioField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from eventapp.ground.text.i18n import _, _l
from eventapp.ground.web.forms import Form

EACH, NOBODY = "each", "nobody"  # who has a part in what moves, or chose it


class MovesForm(Form):
    """The sessions by their codes; `seen` is how the draft stood."""

    code = SelectMultipleField(_l("Sessions"), validate_choice=False)
    tell = RadioField(
        _l("Letters"),
        choices=[SelectChoice(EACH, _l("To each, at once")), SelectChoice(NOBODY, _l("To nobody"))],
        default=EACH,
    )
    seen = HiddenField()

    def validate_code(self, field: SelectMultipleField) -> None:
        """At least one is chosen."""
        if not field.data:
            raise ValidationError(_("Choose at least one session."))
