from wtforms import BooleanField, Field, FileField, RadioField, SelectField
from wtforms.validators import DataRequired, ValidationError

from eventapp.balance.nominated import Nomination, fault_in_sender
from eventapp.ground.text.i18n import _, _l
from eventapp.ground.web.forms import Form, Line
from eventapp.vocabulary.countries import country_choices
from eventapp.vocabulary.participants import STAKEHOLDER_TYPES


class NomineeForm(Form):
    """One person who was put forward."""

    name = Line(_l("Name"), required=_l("Write the name."))
    delegation = Line(_l("Delegation or organization"), required=_l("Write the delegation or organization."))
    stakeholder_type = SelectField(_l("Stakeholder type"), [DataRequired(_l("Choose the stakeholder type."))])
    country = SelectField(_l("Country"), default="")
    gender = RadioField(_l("Gender"), default="")

    def __init__(self, *args: object, **more: object) -> None:
        super().__init__(*args, **more)
        kinds = [(code, term.label) for code, term in STAKEHOLDER_TYPES.items()]
        self.stakeholder_type.choices = [("", _("Choose one")), *kinds]
        self.country.choices = [("", _("None stated")), *country_choices()]
        self.gender.choices = [("", _("Not stated")), ("woman", _("Woman")), ("man", _("Man"))]

    def validate_country(self, field: Field) -> None:
        """A Government is that of a State, or of an associate member of the commission."""
        if fault := fault_in_sender(self.stakeholder_type.data, field.data or ""):
            raise ValidationError(fault)

    def nomination(self) -> Nomination:
        """What was typed."""
        return Nomination(
            name=self.name.data or "",
            delegation=self.delegation.data or "",
            stakeholder_type=self.stakeholder_type.data,
            country=self.country.data or "",
            gender=self.gender.data or "",
        )


class ListForm(Form):
    """A file of nominees."""

    file = FileField(_l("List as CSV"))
    instead = BooleanField(_l("Replace the present list"))
