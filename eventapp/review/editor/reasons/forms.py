"""What an editor types as the reason why words stay."""

from wtforms import HiddenField

from eventapp.ground.text.i18n import _l
from eventapp.ground.web.forms import Form, Line


class ReasonForm(Form):
    """The finding, by its key, and why the words stay."""

    finding = HiddenField()
    why = Line(_l("Why the words stay"), required=_l("Say why the words stay"), most=500)
