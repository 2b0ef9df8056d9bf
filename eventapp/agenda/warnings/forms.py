"""Why warnings may stay as they are."""

from wtforms import SelectMultipleField
from wtforms.validators import ValidationError

from eventapp.ground.text.i18n import _, _l
from eventapp.ground.web.editing.both_versions import Seen
from eventapp.ground.web.forms import Form, Line, WholeNumber

LONGEST = 240  # minutes


class WarningSettingsForm(Seen):
    """What is warned of beside the rest."""

    changeover = WholeNumber(_l("Minutes between two sessions"), least=0)

    def validate_changeover(self, field: WholeNumber) -> None:
        """It is no longer than half a morning."""
        if (field.data or 0) > LONGEST:
            raise ValidationError(_("Write %(most)s minutes at most.", most=LONGEST))


class AcknowledgeForm(Form):
    """Which warnings, by their keys, and the reason that all of them have."""

    key = SelectMultipleField(_l("Warnings"), validate_choice=False)
    reason = Line(_l("Why it may stay as it is"), required=_l("Write why it may stay as it is."), most=500)

    def validate_key(self, field: SelectMultipleField) -> None:
        """At least one is chosen."""
        if not field.data:
            raise ValidationError(_("Choose at least one warning."))
