from wtforms import Field
from wtforms.validators import ValidationError

from eventapp.desk.starting.content import LONGEST_SLUG
from eventapp.ground.text.i18n import _, _l
from eventapp.ground.web.forms import Form, Line
from eventapp.meeting_file.kinds import SLUG


class WebAddressForm(Form):
    """Where a meeting is found on the web."""

    slug = Line(_l("Address on the web"), required=_l("Write the address."), most=LONGEST_SLUG)

    def validate_slug(self, field: Field) -> None:
        """An address is made of small Latin letters and figures."""
        if not SLUG.fullmatch(field.data):
            raise ValidationError(_("Write small letters a to z, figures and hyphens, such as wsis-bangkok-2016."))
