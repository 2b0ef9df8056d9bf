"""Whom somebody brings along, and what a meeting says about that."""

from wtforms import BooleanField, HiddenField, SelectField
from wtforms.fields import SelectChoice

from eventapp.ground.text.i18n import _, _l
from eventapp.ground.text.worded import worded
from eventapp.ground.web.forms import Form, Line, Typed, WholeNumber
from eventapp.meetings.models import Meeting
from eventapp.meetings.queries import categories_of
from eventapp.registration.accompanying.actions import Companion
from eventapp.registration.accompanying.models import MOST


class CompanionForm(Form):
    """One person."""

    key = HiddenField()
    given_name = Line(_l("Given names (if any)"), most=100)
    family_name = Line(_l("Family name"), required=_l("Enter the family name."), most=100)
    own_name = Line(_l("Name in their own script"), most=200)
    no_photographs = BooleanField(_l("Asks for no photographs"))

    def companion(self) -> Companion:
        """What was typed."""
        return Companion(
            self.given_name.data or "",
            self.family_name.data,
            self.own_name.data or "",
            may_be_photographed=not self.no_photographs.data,
        )


class RulesForm(Form):
    """As what accompanying persons come, and how many each participant may bring."""

    kind = SelectField(_l("Accompanying persons come as"))
    most = WholeNumber(_l("How many each participant may bring"))

    def __init__(self, typed: Typed, meeting: Meeting, **values: object) -> None:
        super().__init__(typed, **values)
        fitting = [one for one in categories_of(meeting) if one.represents == "organization"]
        nobody = SelectChoice("", _("The meeting takes none"))
        self.kind.choices = [nobody, *(SelectChoice(one.code, worded(one, "name")) for one in fitting)]

    def validate(self, extra_validators: object = None) -> bool:
        """Whether there is a number where a category is chosen."""
        sound = bool(super().validate())
        if sound and self.kind.data and not 1 <= (self.most.data or 0) <= MOST:
            self.most.errors = [_("Write a number from 1 to %(most)s.", most=MOST)]
            return False
        return sound
