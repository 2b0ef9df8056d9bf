"""Why somebody is to be erased."""

from eventapp.ground.text.i18n import _l
from eventapp.ground.web.forms import Form, Text


class AskForm(Form):
    """The reason, which whoever decides reads."""

    reason = Text(_l("Reason"), required=_l("Write the reason: whoever decides reads it."), most=500)
