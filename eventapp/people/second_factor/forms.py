from wtforms import HiddenField

from eventapp.ground.text.i18n import _l
from eventapp.ground.web.forms import Form, Line
from eventapp.people.second_factor.models import NAME_LENGTH

LONGEST_ANSWER = 20_000  # of a browser: one with an attestation has about 4,000 characters


class NameForm(Form):
    """What a passkey is called."""

    name = Line(_l("Name of the passkey"), required=_l("Write a name, such as the device."), most=NAME_LENGTH)


class AnswerForm(Form):
    """What the browser's passkey answered; a script fills it in."""

    answer = HiddenField()

    def answered(self) -> str:
        """The answer, "" where it is longer than any is."""
        words = self.answer.data or ""
        return words if len(words) <= LONGEST_ANSWER else ""


class AddForm(NameForm, AnswerForm):
    """A new passkey."""


class RecoveryForm(Form):
    """One of the codes that were shown once."""

    code = Line(_l("Recovery code"), required=_l("Enter one of your recovery codes."), most=40)
