"""Four fields about somebody at the counter, and a photograph."""

from wtforms import FileField, HiddenField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import ValidationError

from eventapp.drafts.held.fields import HoldsFiles
from eventapp.ground.text.i18n import _, _l, ngettext
from eventapp.ground.text.worded import worded
from eventapp.ground.web.forms import Line, Typed
from eventapp.meetings.models import Category, Meeting
from eventapp.meetings.queries import categories_of
from eventapp.people.addresses import AddressLine
from eventapp.registration.application import Application
from eventapp.registration.decisions.forms import OverridingForm
from eventapp.registration.forms.organizations import name_of
from eventapp.registration.forms.registration import MUST_BE, represents_state
from eventapp.registration.walk_ins.names import parts_of
from eventapp.registration.walk_ins.short.queries import free_by_category, state_called
from eventapp.vocabulary.countries import ASSOCIATE, MEMBER, OTHER, Country

REPRESENTATIVE = "REP"  # what somebody is in the delegation of a State, until somebody says otherwise


class ShortForm(OverridingForm, HoldsFiles):
    """The name, for whom, as what, and an address if there is one."""

    key = HiddenField()
    name = Line(_l("Name, as in the passport"), required=_l("Enter the name."), most=100)
    sender = Line(_l("State or organization"), required=_l("Enter the State or organization they represent."))
    category = SelectField(_l("They take part for"), validate_choice=False)
    email = AddressLine(_l("Email"))
    photo = FileField(_l("Photograph for the badge"))

    def __init__(self, typed: Typed, meeting: Meeting, **values: object) -> None:
        super().__init__(typed, **values)
        self.meeting, self.offered = meeting, categories_of(meeting)
        free = free_by_category(meeting)
        offered = [SelectChoice(one.code, labelled(worded(one, "name"), free.get(one.code))) for one in self.offered]
        self.category.choices = [SelectChoice("", _("Choose one")), *offered]

    @property
    def chosen(self) -> Category | None:
        """The category that was chosen; None for one that there is not."""
        return next((one for one in self.offered if one.code == self.category.data), None)

    @property
    def state(self) -> Country | None:
        """The State that is represented; None where the category is for no State, or there is none of that name."""
        category = self.chosen
        if not represents_state(category):
            return None
        found = state_called(self.sender.data or "")
        may_be = MUST_BE.get(category.represents, (MEMBER, ASSOCIATE, OTHER))
        return found if found and found.status in may_be else None

    def validate_category(self, _field: SelectField) -> None:
        if self.chosen is None:
            raise ValidationError(_("Choose whom the person represents."))

    def validate_sender(self, field: Line) -> None:
        """A category of States asks for a State."""
        if represents_state(self.chosen) and self.state is None:
            raise ValidationError(
                _("“%(name)s” is no State of this category. Choose one of the list.", name=field.data)
            )

    def application(self, address: str) -> Application:
        """What was typed, with this address."""
        given_name, family_name = parts_of(self.name.data)
        state = self.state
        return Application(
            email=address,
            category=self.category.data,
            given_name=given_name,
            family_name=family_name,
            record_name=self.name.data,
            delegation=state.name if state else name_of(self.sender.data, self.meeting.id),
            delegation_country=state.iso3 if state else "",
            delegation_role=REPRESENTATIVE if state else "",
            country=state.iso3 if state else "",
        )


def labelled(category: str, free: int | None) -> str:
    """The category with how many places it has left, where it has a number of its own."""
    if free is None:
        return category
    return ngettext(
        "%(category)s: %(num)s place is free", "%(category)s: %(num)s places are free", free, category=category
    )
