from collections.abc import Sequence

from wtforms import HiddenField, RadioField
from wtforms.validators import ValidationError

from eventapp.checkin.models import Gate
from eventapp.ground.security.tokens import secret
from eventapp.ground.text.i18n import _, _l
from eventapp.ground.web.forms import Form, Line, Typed

LONGEST = 20  # six figures, however somebody spaces them


class SelfCheckInForm(Form):
    """Where somebody is, and the code of the day that is shown there."""

    gate = RadioField(_l("Where are you?"), validate_choice=False)
    code = Line(_l("Code of the day"), required=_l("Type the six figures that are shown here today"), most=LONGEST)
    key = HiddenField()

    def __init__(self, typed: Typed, gates: Sequence[Gate], wanted: str = "") -> None:
        super().__init__(typed)
        self.gates = {gate.code: gate for gate in gates}
        self.gate.choices = [(code, gate.name) for code, gate in self.gates.items()]
        only = next(iter(self.gates)) if len(self.gates) == 1 else ""
        chosen = typed.get("gate", "") if typed else wanted
        self.gate.data = chosen if chosen in self.gates else only
        self.key.data = self.key.data or secret()

    def validate_gate(self, field: RadioField) -> None:
        if field.data not in self.gates:
            raise ValidationError(_("Choose the entrance where you stand"))

    def chosen(self) -> Gate:
        """The gate that was chosen, once the form is sound."""
        return self.gates[self.gate.data]
