from wtforms import HiddenField

from eventapp.ground.web.forms import Form


class ActForm(Form):
    """Which of the acts on a person."""

    act = HiddenField()
