"""What an organizer types to invite a focal point, and what a focal point says of somebody."""

from collections.abc import Sequence

from wtforms import Field, HiddenField, SelectField
from wtforms.fields import Label, SelectChoice
from wtforms.validators import ValidationError

from eventapp.delegations.focal.queries import categories_for
from eventapp.ground.text.i18n import _, _l, language
from eventapp.ground.text.languages import LANGUAGES
from eventapp.ground.text.worded import worded
from eventapp.ground.web.forms import Form, Line, Typed
from eventapp.meetings.models import Category, Meeting
from eventapp.people.addresses import AddressLine
from eventapp.registration.forms.choices import choices_in, groups_in
from eventapp.registration.forms.organizations import name_of
from eventapp.registration.models import Delegation
from eventapp.registration.nominated.actions import Nominee
from eventapp.vocabulary.countries import ASSOCIATE, MEMBER, OTHER, country
from eventapp.vocabulary.participants import DELEGATION_ROLES


class InviteForm(Form):
    """Whom to ask to nominate the people of a delegation."""

    called = Line(_l("Name"), required=_l("Write the name."), most=200)  # the page has a field of this name
    email = AddressLine(_l("Email"), required=_l("Enter the email address."))
    language = SelectField(_l("Language of the letter"), choices=[SelectChoice(*one) for one in LANGUAGES.items()])


class DelegationForm(InviteForm):
    """A delegation that nobody has come for yet, and its focal point."""

    state = SelectField(_l("State"), validate_choice=False)
    organization = Line(_l("Or an organization"), most=200)

    def __init__(self, typed: Typed, meeting: Meeting, **values: object) -> None:
        super().__init__(typed, **values)
        self.meeting = meeting
        self.groups = groups_in(language(), (MEMBER, ASSOCIATE, OTHER))
        self.state.data = self.state.data if self.state.data not in ("None", None) else ""

    def validate_state(self, field: Field) -> None:
        """One of the two, and no more."""
        if field.data and country(field.data) is None:
            raise ValidationError(_("Choose a country from the list."))
        if not field.data and not self.organization.data:
            raise ValidationError(_("Choose a State, or write the organization."))
        if field.data and self.organization.data:
            raise ValidationError(_("Choose a State or write an organization, not both."))

    @property
    def represents(self) -> tuple[str, str]:
        """The name of the delegation, and its country where it is a State's."""
        found = country(self.state.data or "")
        return (found.name, found.iso3) if found else (name_of(self.organization.data, self.meeting.id), "")


class NomineeForm(Form):
    """What a focal point says of somebody."""

    key = HiddenField()
    instead = HiddenField()  # the number of whoever leaves for them
    category = SelectField(_l("Type of participant"), validate_choice=False)
    role = SelectField(_l("Place in the delegation"), validate_choice=False)
    given_name = Line(_l("Given names (if any)"), most=100)
    family_name = Line(_l("Family name"), required=_l("Enter the family name."), most=100)
    job_title = Line(_l("Job title"), required=_l("Enter the job title."))
    organization = Line(_l("Ministry or unit"))
    email = AddressLine(_l("Email"), required=_l("Enter the email address."))

    def __init__(
        self, typed: Typed, delegation: Delegation, *, offered: Sequence[Category] | None = None, **values: object
    ) -> None:
        super().__init__(typed, **values)
        self.delegation = delegation
        offered = categories_for(delegation) if offered is None else offered
        self.category.choices = [SelectChoice(one.code, worded(one, "name")) for one in offered]
        self.role.choices = list(choices_in(language())[0])
        self.role.data = self.role.data if self.role.data not in ("None", None) else ""
        if not delegation.is_state:
            self.organization.label = Label(self.organization.id, _("Unit or department"))

    def validate_category(self, field: SelectField) -> None:
        """One of those that fit this delegation."""
        if field.data not in {code for code, *_more in field.choices}:
            raise ValidationError(_("Choose the type of participant."))

    def validate_role(self, field: Field) -> None:
        """The place is asked of people of a State."""
        if field.data and field.data not in DELEGATION_ROLES:
            raise ValidationError(_("Choose the place in the delegation."))
        if not field.data and self.delegation.is_state:
            raise ValidationError(_("Choose the place in the delegation."))

    def nominee(self) -> Nominee:
        """What was typed, for the action."""
        return Nominee(
            given_name=self.given_name.data or "",
            family_name=self.family_name.data,
            job_title=self.job_title.data,
            category=self.category.data,
            role=(self.role.data or "") if self.delegation.is_state else "",
            organization=self.organization.data or "",
            email=self.email.data or "",
        )
