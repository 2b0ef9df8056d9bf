"""What the chair types at the screen of the room."""

from wtforms import IntegerField, RadioField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired
from wtforms.widgets import HiddenInput

from eventapp.clearance.adoption.actions import POSITION, RESERVATION
from eventapp.ground.text.i18n import _l
from eventapp.ground.web.forms import Form, Line, Text

LONGEST = 6000  # characters of a paragraph, as readers may propose it


class AmendmentForm(Form):
    """The paragraph as it shall read; it is shown to the room before it is adopted."""

    version = IntegerField(validators=[InputRequired(_l("Open the paragraph again"))], widget=HiddenInput())
    text = Text(_l("The paragraph as it shall read"), required=_l("Write the paragraph."), most=LONGEST)


class PositionForm(Form):
    """A reservation or an explanation of position, which becomes a footnote."""

    version = IntegerField(validators=[InputRequired(_l("Open the paragraph again"))], widget=HiddenInput())
    kind = RadioField(
        _l("Kind of statement"),
        choices=[
            SelectChoice(RESERVATION, _l("Reservation")),
            SelectChoice(POSITION, _l("Explanation of position")),
        ],
        default=RESERVATION,
    )
    whom = Line(_l("Delegation or organization"), required=_l("Write whose it is."), most=200)
    words = Text(_l("Their words"), required=_l("Write what they said."), most=LONGEST)
