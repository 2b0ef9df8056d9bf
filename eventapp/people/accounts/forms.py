from wtforms import HiddenField

from eventapp.ground.text.i18n import _l
from eventapp.ground.web.forms import Form, Line, Text
from eventapp.people.addresses import AddressLine


class ActForm(Form):
    """Which of the acts on a person."""

    act = HiddenField()


class ResetForm(Form):
    """Why somebody's second factor is taken away."""

    reason = Text(_l("Reason"), required=_l("Write how you know that it is this person who asks."), most=500)


class FirstForm(Form):
    """Who runs an empty installation."""

    name = Line(_l("Name"), required=_l("Write your name."), most=120)
    email = AddressLine(_l("Email"), required=_l("Enter your email address."))
