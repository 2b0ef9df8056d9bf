"""What came of a bilateral meeting."""

from eventapp.ground.text.i18n import _l
from eventapp.ground.web.forms import Form, Text
from eventapp.networking.bilaterals.models import LONGEST_OUTCOME


class OutcomeForm(Form):
    """A few sentences."""

    outcome = Text(_l("What came of it"), required=_l("Write what came of it."), most=LONGEST_OUTCOME)
